package io.evenkeel.dataplane.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jazzer over one target: what it tried, reached and found. */
final class FuzzRun {

    private static final Pattern STATUS = Pattern.compile("#(\\d+)\\s+\\w+\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)/");
    private static final int NOTHING_FOUND = 0;
    private static final int NAME_LENGTH = 12;

    private final FuzzTarget target;
    private final Path directory;
    private final int seconds;
    private int exit;
    private String last = "nothing was tried";

    private FuzzRun(FuzzTarget target, Path directory, int seconds) {
        this.target = target;
        this.directory = directory;
        this.seconds = seconds;
    }

    static FuzzRun of(FuzzTarget target, Path work, int seconds) throws IOException, InterruptedException {
        var run = new FuzzRun(target, work.resolve(target.name()), seconds);
        Files.createDirectories(run.corpus());
        var arguments = List.of(
                "-max_total_time=%d".formatted(seconds),
                "-max_len=%d".formatted(target.maxBytes()),
                "-use_value_profile=1",
                "-dict=%s".formatted(FuzzTarget.words()),
                run.corpus().toString(),
                target.kept().toString());
        run.exit = run.jazzer("fuzz.log", arguments);
        run.readLog();
        return run;
    }

    private Path corpus() {
        return directory.resolve("corpus");
    }

    boolean isClean() {
        return exit == NOTHING_FOUND;
    }

    String summary() {
        var found = isClean() ? "nothing found" : "FOUND, see %s".formatted(directory.resolve("fuzz.log"));
        return "%-12s %4d s, %s: %s".formatted(target.name(), seconds, last, found);
    }

    /** Puts what reaches more beside the inputs that are kept; of several that reach the same, the shortest. */
    void keep() throws IOException, InterruptedException {
        if (!isClean()) {
            return;
        }
        var merged = directory.resolve("merged");
        Files.createDirectories(merged);
        var arguments = List.of(
                "-merge=1",
                "-max_len=%d".formatted(target.maxBytes()),
                merged.toString(),
                target.kept().toString(),
                corpus().toString());
        if (jazzer("merge.log", arguments) != 0) {
            throw new IOException("Could not merge the inputs, see %s".formatted(directory.resolve("merge.log")));
        }
        try (var inputs = Files.list(merged)) {
            for (var input : inputs.toList()) {
                var name = input.getFileName().toString().substring(0, NAME_LENGTH);
                Files.copy(input, target.kept().resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private int jazzer(String log, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-Xshare:off",
                "-Xmx768m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=%s".formatted(target.className()),
                "--instrumentation_includes=io.evenkeel.dataplane.**",
                "--custom_hook_includes=io.evenkeel.dataplane.**",
                "--reproducer_path=%s".formatted(directory),
                "-artifact_prefix=%s/".formatted(directory),
                "-rss_limit_mb=4096"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(log).toFile())
                .start()
                .waitFor();
    }

    private void readLog() throws IOException {
        var status = STATUS.matcher(Files.readString(directory.resolve("fuzz.log"), StandardCharsets.ISO_8859_1));
        while (status.find()) {
            last = told(status);
        }
    }

    private static String told(Matcher status) {
        return "%,d inputs tried, %s edges, %s features, %s inputs that differ"
                .formatted(Long.parseLong(status.group(1)), status.group(2), status.group(3), status.group(4));
    }
}
