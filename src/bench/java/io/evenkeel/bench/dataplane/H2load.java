package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Programs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Load over HTTP/2 by h2load (Debian: nghttp2-client): one thread, one connection, so many streams at a time. */
final class H2load {

    private static final Pattern DONE = Pattern.compile("finished in ([\\d.]+)(us|ms|s)");
    private static final Pattern COUNTS =
            Pattern.compile("(\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");
    private static final Pattern CPU = Pattern.compile("cpu=([\\d.]+) ([\\d.]+)");
    private static final int MICROS_COLUMN = 2;

    private H2load() {}

    static boolean isInstalled() {
        return Programs.find("h2load").isPresent();
    }

    /** @param prefix what the command begins with */
    static LoadResult run(List<String> prefix, TestCase test, InetSocketAddress target, double seconds)
            throws IOException {
        var times = Files.createTempFile("h2load", ".log");
        try {
            var command = new ArrayList<>(prefix);
            command.addAll(List.of(
                    "h2load",
                    "--npn-list=h2",
                    "-t1",
                    "-c1",
                    "-m" + test.flows(),
                    "-D" + Math.max(1, Math.round(seconds)),
                    "--log-file=" + times,
                    "https://" + target.getAddress().getHostAddress() + ":" + target.getPort() + "/"));
            // The shell tells what processor time the load itself took.
            var said = Programs.run(List.of("bash", "-c", "TIMEFORMAT='cpu=%U %S'; time " + String.join(" ", command)));
            return parse(said, micros(times));
        } finally {
            Files.delete(times);
        }
    }

    private static LoadResult parse(String text, long[] micros) throws IOException {
        var done = DONE.matcher(text);
        var counts = COUNTS.matcher(text);
        var cpu = CPU.matcher(text);
        if (!done.find() || !counts.find() || !cpu.find()) {
            throw new IOException("h2load said: " + text);
        }
        double seconds = Double.parseDouble(done.group(1))
                * switch (done.group(2)) {
                    case "us" -> 1e-6;
                    case "ms" -> 1e-3;
                    default -> 1;
                };
        long errors = Long.parseLong(counts.group(2)) + Long.parseLong(counts.group(4));
        return new LoadResult(
                Long.parseLong(counts.group(1)),
                seconds,
                0,
                errors,
                percentile(micros, 0.50),
                percentile(micros, 0.99),
                (Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2))) / seconds,
                0);
    }

    /** A line for each answer: when it was asked for, its status, how long it took. */
    private static long[] micros(Path times) throws IOException {
        try (var lines = Files.lines(times)) {
            return lines.map(line -> line.split("\t", -1))
                    .filter(columns -> columns.length > MICROS_COLUMN)
                    .mapToLong(columns -> Long.parseLong(columns[MICROS_COLUMN]))
                    .sorted()
                    .toArray();
        }
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }
}
