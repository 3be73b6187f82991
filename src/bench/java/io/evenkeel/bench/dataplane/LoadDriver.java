package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Child;
import io.evenkeel.bench.dataplane.contender.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs the load driver, {@code src/bench/c/load.c}, on the processor that is not measured. */
final class LoadDriver {

    // Before a worker that was given its place.
    private static final String BACKENDS_RANK = "20";
    private static final String OWN_RANK = "30";

    private final Path program;
    private List<String> prefix = List.of("taskset", "-c", Child.OTHERS);

    LoadDriver(Path directory) throws IOException {
        program = Programs.compile(directory, "load");
    }

    /**
     * From now on before everything else on its processor, and the backends with it: else their waiting for a processor
     * that is shared with a saturated API would be taken for the worker's. False where the system does not permit it.
     */
    boolean goFirst(long backends) {
        try {
            Programs.run(List.of("chrt", "--all-tasks", "--fifo", "--pid", BACKENDS_RANK, Long.toString(backends)));
            Programs.run(List.of("chrt", "--fifo", OWN_RANK, "true"));
            prefix = List.of("chrt", "--fifo", OWN_RANK, "taskset", "-c", Child.OTHERS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    LoadResult run(TestCase test, InetSocketAddress target, double seconds) throws IOException {
        if (test == TestCase.HTTP2) {
            return H2load.run(prefix, test, target, seconds);
        }
        if (test.isSecure()) {
            return Wrk.run(prefix, test, target, seconds);
        }
        return LoadResult.parse(Programs.run(command(test.mode(), target, test.flows(), seconds, List.of())));
    }

    /** GETs on kept connections, so many a second whatever the answers take. */
    LoadResult atRate(InetSocketAddress target, int flows, double seconds, int perSecond) throws IOException {
        return LoadResult.parse(
                Programs.run(command("http", target, flows, seconds, List.of(Integer.toString(perSecond)))));
    }

    private List<String> command(String mode, InetSocketAddress target, int flows, double seconds, List<String> more) {
        var command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(List.of(
                mode,
                target.getAddress().getHostAddress(),
                Integer.toString(target.getPort()),
                Integer.toString(flows),
                Double.toString(seconds)));
        command.addAll(more);
        return command;
    }

    /** Connections that had one answer each and are kept. */
    Held hold(InetSocketAddress target, int connections) throws IOException {
        var process = new ProcessBuilder(command("idle", target, connections, 0, List.of()))
                .redirectErrorStream(true)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        var line = out.readLine();
        if (!"open".equals(line)) {
            throw new IOException("Connections were not opened: " + line);
        }
        return new Held(process, out);
    }

    /** Held connections, until {@link #release}. */
    record Held(Process process, BufferedReader out) {

        /** Lets go; tells how many were still open before. */
        int release() throws IOException {
            process.getOutputStream().close();
            return LoadResult.parse(Objects.requireNonNull(out.readLine())).open();
        }
    }
}
