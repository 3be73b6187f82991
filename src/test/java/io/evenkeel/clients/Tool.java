package io.evenkeel.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** A command of another language's tools, run in a copy of its sources below {@code target}. */
record Tool(Path directory, Map<String, String> environment) {

    /** How a command ended, with what it printed. */
    record Run(int status, String output) {}

    /** Copies {@code src/clients/<name>} to {@code target/clients/<name>}; what is there already stays for the next run. */
    static Tool of(String name, Map<String, String> environment) {
        var target = Path.of("target", "clients", name).toAbsolutePath();
        var sources = Path.of("src", "clients", name);
        try (var files = Files.walk(sources)) {
            Files.createDirectories(target);
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = target.resolve(sources.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Tool(target, environment);
    }

    boolean has(String file) {
        return Files.exists(directory.resolve(file));
    }

    String path(String file) {
        return directory.resolve(file).toString();
    }

    /** Runs it to its end; a status other than 0 fails with what it printed. */
    String run(String... command) {
        var run = tryRun(command);
        if (run.status() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + run.status() + ":\n" + run.output());
        }
        return run.output();
    }

    Run tryRun(String... command) {
        try {
            var log = Files.createTempFile(directory, "output", ".log");
            var builder = new ProcessBuilder(List.of(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            int status = builder.start().waitFor();
            return new Run(status, Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
