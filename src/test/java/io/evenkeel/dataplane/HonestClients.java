package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.evenkeel.testing.Placement;
import io.evenkeel.testing.Placement.Rank;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Clients that behave, {@code src/bench/c/load.c}: some ask on connections they keep, others come anew for each request.
 * Each asks so many times a second whatever the answers take, and an answer's time counts from when its request was due.
 */
final class HonestClients {

    private static final int PER_SECOND = 500;

    /** Of one kind of clients; times in microseconds; a failure is an answer other than 200, or none. */
    record Times(int requests, int failures, long p50, long p99) {

        private static Times parse(String line) {
            Map<String, Double> values = Arrays.stream(line.split(" "))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> Double.valueOf(pair[1])));
            return new Times(
                    values.getOrDefault("n", 0.0).intValue(),
                    values.getOrDefault("errors", 0.0).intValue(),
                    Math.round(values.getOrDefault("p50", 0.0)),
                    Math.round(values.getOrDefault("p99", 0.0)));
        }
    }

    /**
     * @param kept on connections that are kept
     * @param anew on one for each request
     */
    record Measured(Times kept, Times anew) {

        int failures() {
            return kept.failures() + anew.failures();
        }
    }

    private final Placement placement;
    private final Path program;
    private final WorkerChild worker;

    HonestClients(Placement placement, Path directory, WorkerChild worker) throws IOException {
        this.placement = placement;
        this.program = CompiledProgram.of(directory, "src/bench/c/load.c");
        this.worker = worker;
    }

    /** So many of each kind as make 500 requests a second. */
    Measured ask(Duration time) throws IOException {
        var kept = start("http", 10, time, PER_SECOND);
        var anew = start("close", 4, time, PER_SECOND);
        return new Measured(times(kept), times(anew));
    }

    /** As much as the worker can answer, so that what is measured then is compiled. */
    void warmUp(Duration time) throws IOException {
        var anew = start("close", 16, time, 4_000);
        times(start("http", 16, time, 8_000));
        times(anew);
    }

    private Process start(String mode, int flows, Duration time, int perSecond) throws IOException {
        var command = List.of(
                program.toString(),
                mode,
                worker.vip,
                Integer.toString(WorkerChild.PORT),
                Integer.toString(flows),
                Long.toString(time.toSeconds()),
                Integer.toString(perSecond));
        return new ProcessBuilder(placement.besideLoop(Rank.CLIENTS, command))
                .redirectErrorStream(true)
                .start();
    }

    private static Times times(Process load) throws IOException {
        var words = new String(load.getInputStream().readAllBytes(), US_ASCII);
        if (load.onExit().join().exitValue() != 0) {
            throw new IOException("The clients ended: " + words);
        }
        return Times.parse(words.strip());
    }
}
