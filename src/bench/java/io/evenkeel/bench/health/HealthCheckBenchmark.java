package io.evenkeel.bench.health;

import io.evenkeel.bench.dataplane.contender.Programs;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many members, each at an address of its own, checked by one checker: what that costs of one core, how late checks
 * begin, how evenly targets are served, and whether any of them, all alive, is ever held for dead.
 */
public final class HealthCheckBenchmark {

    private static final Logger log = LoggerFactory.getLogger(HealthCheckBenchmark.class);
    private static final int PORT = 9_300;
    private static final Map<String, DesiredHealthMonitor.Type> KINDS = Map.of(
            "tcp",
            DesiredHealthMonitor.Type.TCP,
            "http",
            DesiredHealthMonitor.Type.HTTP,
            "udp",
            DesiredHealthMonitor.Type.UDP_CONNECT);

    private HealthCheckBenchmark() {}

    /**
     * @param arguments {@code targets=50000 delay=5 seconds=20 kinds=tcp,http,udp loads=1,4}: a load of four is four
     *     times the targets
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<String, String> given = new TreeMap<>();
        for (var argument : arguments) {
            var pair = argument.split("=", 2);
            given.put(pair[0], pair[pair.length - 1]);
        }
        int targets = Integer.parseInt(given.getOrDefault("targets", "50000"));
        int delay = Integer.parseInt(given.getOrDefault("delay", "5"));
        int seconds = Integer.parseInt(given.getOrDefault("seconds", "20"));
        var directory = Files.createDirectories(Path.of("target", "bench-health"));
        var report = new StringBuilder(CheckRun.HEADING);
        var members = start(directory);
        try {
            for (var load : given.getOrDefault("loads", "1,4").split(",", -1)) {
                for (var kind : given.getOrDefault("kinds", "tcp,http,udp").split(",", -1)) {
                    var run = new CheckRun(type(kind), PORT, targets * Integer.parseInt(load), delay);
                    var line = run.measure(seconds);
                    log.info("{}", line);
                    report.append(line).append('\n');
                }
            }
        } finally {
            members.destroy();
        }
        Files.writeString(Path.of("target", "health-checks.md"), report);
        log.info("\n{}", report);
    }

    private static DesiredHealthMonitor.Type type(String kind) {
        var type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException(kind + ": there are " + KINDS.keySet());
        }
        return type;
    }

    private static Process start(Path directory) throws IOException {
        var program = Programs.compile(directory, "checked");
        var process = new ProcessBuilder(List.of(program.toString(), Integer.toString(PORT)))
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        if (!process.inputReader().readLine().equals("ready")) {
            throw new IOException("The members do not answer");
        }
        return process;
    }
}
