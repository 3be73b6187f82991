package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Contender;
import io.evenkeel.bench.dataplane.contender.Programs;
import io.evenkeel.bench.dataplane.contender.Service;
import io.evenkeel.bench.dataplane.contender.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a connection costs that had one answer and is then kept: growth of resident memory, and in a JVM growth of the
 * heap in use, each after a full collection. Resident memory alone flatters a JVM, whose heap is there before it is used.
 */
final class IdleMemory {

    private static final Logger log = LoggerFactory.getLogger(IdleMemory.class);
    private static final Duration TO_SETTLE = Duration.ofSeconds(2);
    private static final Pattern USED = Pattern.compile("(total|committed) \\d+K, used (\\d+)K");

    private final LoadDriver driver;
    private final int connections;

    private record Memory(long residentKib, long heapKib) {}

    IdleMemory(LoadDriver driver, int connections) {
        this.driver = driver;
        this.connections = connections;
    }

    void run(List<Contender> contenders, Report report) throws IOException {
        report.title("%,d idle connections".formatted(connections));
        report.table(
                "", "RSS MiB before", "RSS MiB with them", "RSS growth B each", "heap growth B each", "still open");
        for (var contender : contenders) {
            measure(contender, report);
        }
    }

    private void measure(Contender contender, Report report) throws IOException {
        var before = memory(contender);
        var held = driver.hold(contender.at(Service.WEB).orElseThrow(), connections);
        LockSupport.parkNanos(TO_SETTLE.toNanos());
        var with = memory(contender);
        int open = held.release();
        log.info("Idle connections through {}: {} of {} stayed open", contender.name(), open, connections);
        report.row(
                contender.name(),
                before.residentKib() / 1024,
                with.residentKib() / 1024,
                each(with.residentKib() - before.residentKib()),
                before.heapKib() == 0 ? "" : each(with.heapKib() - before.heapKib()),
                open);
    }

    private String each(long kib) {
        return "%,d".formatted(kib * 1024 / connections);
    }

    private static Memory memory(Contender contender) throws IOException {
        long heap = 0;
        for (long pid : contender.processes()) {
            var program =
                    ProcessHandle.of(pid).flatMap(process -> process.info().command());
            if (program.isPresent() && program.get().endsWith("java")) {
                heap += heapAfterCollection(Long.toString(pid));
            }
        }
        return new Memory(Usage.of(contender.processes()).residentKib(), heap);
    }

    private static long heapAfterCollection(String pid) throws IOException {
        var jcmd = Programs.java("jcmd");
        Programs.run(List.of(jcmd, pid, "GC.run"));
        return USED.matcher(Programs.run(List.of(jcmd, pid, "GC.heap_info")))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(2)))
                .sum();
    }
}
