package io.evenkeel.bench.dataplane.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have used, as Linux tells it (proc(5), {@code stat} and {@code status}).
 *
 * @param processMicros processor time, user and system, of all threads
 * @param kernelMicros of it, that within the kernel
 * @param loopMicros of it, that of the threads that carry traffic; 0 where they have no name of their own
 * @param residentKib memory that is resident, in KiB
 */
public record Usage(long processMicros, long kernelMicros, long loopMicros, long residentKib) {

    /** Of the clock tick that {@code stat} counts in, which is the same on every Linux. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final String LOOP_THREAD = "evenkeel-loop";

    public static Usage of(List<Long> processes) throws IOException {
        long process = 0;
        long kernel = 0;
        long loops = 0;
        long resident = 0;
        for (long pid : processes) {
            var home = Path.of("/proc", Long.toString(pid));
            var stat = Files.readString(home.resolve("stat"));
            process += ticks(stat);
            kernel += kernelTicks(stat);
            loops += loopTicks(home.resolve("task"));
            resident += residentKib(home.resolve("status"));
        }
        return new Usage(process * MICROS_PER_TICK, kernel * MICROS_PER_TICK, loops * MICROS_PER_TICK, resident);
    }

    private static long loopTicks(Path tasks) throws IOException {
        long ticks = 0;
        try (var threads = Files.list(tasks)) {
            for (var thread : threads.toList()) {
                ticks += ticksOfLoop(thread.resolve("stat"));
            }
        }
        return ticks;
    }

    private static long ticksOfLoop(Path thread) throws IOException {
        try {
            var stat = Files.readString(thread);
            return stat.contains("(" + LOOP_THREAD) ? ticks(stat) : 0;
        } catch (NoSuchFileException e) {
            // It ended since it was listed; loops do not.
            return 0;
        }
    }

    private static long ticks(String stat) {
        return field(stat, 14) + kernelTicks(stat);
    }

    private static long kernelTicks(String stat) {
        return field(stat, 15);
    }

    /** By its number in proc(5); the second, a name in parentheses, may hold anything. */
    private static long field(String stat, int number) {
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[number - 3]);
    }

    private static long residentKib(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .sum();
    }
}
