package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program in C, compiled here: one that costs little enough to stand beside what it measures. */
final class CompiledProgram {

    private CompiledProgram() {}

    /** @param source path within the project */
    static Path of(Path directory, String source) throws IOException {
        var name = Path.of(source).getFileName().toString().replace(".c", "");
        var program = directory.resolve(name).toAbsolutePath();
        var compiler = new ProcessBuilder(List.of("cc", "-O2", "-o", program.toString(), source))
                .redirectErrorStream(true)
                .start();
        var words = new String(compiler.getInputStream().readAllBytes(), US_ASCII);
        if (compiler.onExit().join().exitValue() != 0) {
            throw new IOException("cc " + source + ": " + words);
        }
        return program;
    }
}
