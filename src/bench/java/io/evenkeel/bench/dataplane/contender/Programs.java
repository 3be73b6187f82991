package io.evenkeel.bench.dataplane.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that the comparison needs: those of this host, and ours in C, compiled here. */
public final class Programs {

    private static final Path SOURCES = Path.of("src", "bench", "c");

    private Programs() {}

    /** Where the host has the program. */
    public static Optional<Path> find(String name) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The program made of {@code src/bench/c/name.c}. */
    public static Path compile(Path directory, String name) throws IOException {
        var compiler = Stream.of("gcc", "cc", "clang")
                .map(Programs::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The load driver needs a C compiler: install gcc"));
        var program = directory.resolve(name).toAbsolutePath();
        run(List.of(
                compiler.toString(),
                "-O2",
                "-o",
                program.toString(),
                SOURCES.resolve(name + ".c").toString()));
        return program;
    }

    /** Runs the command to its end and returns what it wrote. */
    public static String run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + status + ": " + text.strip());
            }
            return text;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The service as it is shipped. */
    static Path jar() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("evenkeel-.*\\.jar"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new IllegalStateException("No target/evenkeel-*.jar: run ./mvnw package"));
        }
    }

    /** The program of that name of the Java that runs this. */
    public static String java(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
