package io.evenkeel.dataplane;

import io.evenkeel.dataplane.HonestClients.Measured;
import io.evenkeel.dataplane.HonestClients.Times;
import io.evenkeel.dataplane.WorkerChild.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** What was measured with and without one attack, in rounds; and a table of all attacks. */
final class HostileFigures {

    /** A 99th percentile below this is no worse than the quiet one, however small that is; in microseconds. */
    static final long UNNOTICED_MICROS = 2_000;

    private static final Path TABLE = Path.of("target", "hostile-clients.md");

    private final String attack;
    private final List<Measured> quiet = new ArrayList<>();
    private final List<Measured> attacked = new ArrayList<>();
    private final List<Memory> memory = new ArrayList<>();
    private String remark = "";

    HostileFigures(String attack) {
        this.attack = attack;
    }

    static void head(boolean isByPriority) throws IOException {
        append("""

                %s

                | attack | kept: quiet | attacked | anew: quiet | attacked | failed | heap | outside | |
                |---|---|---|---|---|---|---|---|---|
                """.formatted(
                        isByPriority
                                ? "By SCHED_FIFO. p50 / p99 in µs, memory in MiB."
                                : "SCHED_FIFO was refused: others' processes are in these figures."));
    }

    void add(Measured before, Measured during, Memory after) {
        quiet.add(before);
        attacked.add(during);
        memory.add(after);
    }

    void remark(String words) {
        remark = words;
    }

    /** The median of the rounds' 99th percentiles, in microseconds. */
    long quiet(Function<Measured, Times> kind) {
        return median(quiet, kind, Times::p99);
    }

    long attacked(Function<Measured, Times> kind) {
        return median(attacked, kind, Times::p99);
    }

    int failures() {
        return attacked.stream().mapToInt(Measured::failures).sum();
    }

    long maxHeap() {
        return memory.stream().mapToLong(Memory::heap).max().orElseThrow();
    }

    long maxOutside() {
        return memory.stream().mapToLong(Memory::outside).max().orElseThrow();
    }

    void write() throws IOException {
        append("| %s | %s | %s | %s | %s | %d | %.1f | %.1f | %s |%n"
                .formatted(
                        attack,
                        cell(quiet, Measured::kept),
                        cell(attacked, Measured::kept),
                        cell(quiet, Measured::anew),
                        cell(attacked, Measured::anew),
                        failures(),
                        maxHeap() / 1048576.0,
                        maxOutside() / 1048576.0,
                        remark));
    }

    private static String cell(List<Measured> rounds, Function<Measured, Times> kind) {
        return median(rounds, kind, Times::p50) + " / " + median(rounds, kind, Times::p99);
    }

    private static long median(List<Measured> rounds, Function<Measured, Times> kind, ToLongFunction<Times> value) {
        LongStream sorted = rounds.stream().map(kind).mapToLong(value).sorted();
        return sorted.skip(rounds.size() / 2).findFirst().orElseThrow();
    }

    private static void append(String text) throws IOException {
        Files.writeString(TABLE, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
