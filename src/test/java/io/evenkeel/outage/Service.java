package io.evenkeel.outage;

import io.evenkeel.EvenkeelApplication;
import io.evenkeel.outage.load.Signals;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of this build, which can be killed, paused and started again with the same settings. On one thread. */
final class Service implements AutoCloseable {

    /** It lives for minutes at most: better soon than fast. */
    private static final List<String> JVM = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final int TOLD_LINES = 60;

    private final String name;
    private final Path log;
    private final List<String> settings;
    private @Nullable Process process;

    Service(String name, Path directory, List<String> settings) {
        this.name = name;
        this.log = directory.resolve(name + ".log");
        this.settings = settings;
    }

    /** Returns at once; {@link #requireAlive} tells of one that has ended by itself. */
    void start() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", classPath(), EvenkeelApplication.class.getName()));
        command.addAll(settings);
        var started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        process = started;
    }

    /** As the service is shipped: without the tests, whose configuration would be found as well. */
    private static String classPath() {
        var own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(own.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty() && !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    void requireAlive() {
        if (!running().isAlive()) {
            throw new AssertionError(name + " has ended with " + running().exitValue() + ":\n" + lastLines());
        }
    }

    boolean isAlive() {
        return running().isAlive();
    }

    /** As {@code kill -9} does; returns when it is dead. */
    void kill() {
        running().destroyForcibly();
        try {
            running().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void pause() {
        Signals.PAUSE.send(running().pid());
    }

    void goOn() {
        Signals.GO_ON.send(running().pid());
    }

    private Process running() {
        return Objects.requireNonNull(process, "never started");
    }

    String lastLines() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
