package io.evenkeel.bench.dataplane.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of ours, held to some processors by {@code taskset}, that writes into a log and ends with the benchmark. */
public final class Child implements AutoCloseable {

    /** What is measured runs on the first processor, everything else on the second. */
    public static final String MEASURED = "0";

    public static final String OTHERS = "1";
    public static final String BOTH = "0,1";

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param directory where {@code name.log} is written
     * @param processors as {@code taskset -c} takes them
     */
    static Child start(Path directory, String name, String processors, List<String> command) throws IOException {
        var log = directory.resolve(name + ".log");
        var pinned = new ArrayList<>(List.of("taskset", "-c", processors));
        pinned.addAll(command);
        var builder = new ProcessBuilder(pinned);
        var process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        // Also where the benchmark itself is ended from outside.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new Child(process, log);
    }

    public long pid() {
        return process.pid();
    }

    List<Long> children() {
        return process.children().map(ProcessHandle::pid).toList();
    }

    /** What it wrote so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its last words, where it has ended. */
    Optional<String> epitaph() {
        return process.isAlive() ? Optional.empty() : Optional.of("exit " + process.exitValue() + ": " + log());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
