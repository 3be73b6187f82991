package io.evenkeel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program of this machine, where it is installed. */
record Program(Path path) {

    static final Consumer<Run> SUCCEEDED =
            run -> assertThat(run.status()).as(run.output()).isZero();

    /** How it ended, with what it printed to either output. */
    record Run(int status, String output) {}

    static Optional<Program> find(String name) {
        var directories = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""));
        return Stream.concat(directories, Stream.of("/usr/bin", "/bin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Program::new)
                .findFirst();
    }

    Run run(String... arguments) {
        var command =
                Stream.concat(Stream.of(path.toString()), Stream.of(arguments)).toList();
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
