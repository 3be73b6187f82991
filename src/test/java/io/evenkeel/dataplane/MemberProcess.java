package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.evenkeel.testing.Placement;
import io.evenkeel.testing.Placement.Rank;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The member behind a worker that is attacked, {@code src/test/c/answers.c}. */
final class MemberProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    private MemberProcess(Process process) throws IOException {
        this.process = process;
        this.port = Integer.parseInt(process.inputReader(US_ASCII).readLine());
    }

    static MemberProcess start(Placement placement, Path directory) throws IOException {
        var program = CompiledProgram.of(directory, "src/test/c/answers.c");
        return new MemberProcess(new ProcessBuilder(placement.besideLoop(Rank.MEMBERS, List.of(program.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
