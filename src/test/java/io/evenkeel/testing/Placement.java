package io.evenkeel.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the processes of a measurement run, so that it tells about the worker: its loop has a processor of its own, and
 * everything else shares the next one, ranked. Where the system does not let a process go first (SCHED_FIFO wants
 * CAP_SYS_NICE), attackers are merely nice.
 */
public final class Placement {

    /** From the last to the first; what is not part of the measurement comes behind them all. */
    public enum Rank {
        ATTACKERS(1),
        WORKER(10),
        MEMBERS(20),
        CLIENTS(30);

        private final String priority;

        Rank(int priority) {
            this.priority = Integer.toString(priority);
        }
    }

    private static final String LOOPS_PROCESSOR = "0";
    private static final String OTHER_PROCESSOR = "1";

    private final boolean mayGoFirst;

    private Placement(boolean mayGoFirst) {
        this.mayGoFirst = mayGoFirst;
    }

    public static Placement find() throws IOException {
        if (run(List.of("taskset", "-c", LOOPS_PROCESSOR + "," + OTHER_PROCESSOR, "true")) != 0) {
            throw new IOException("Needs two processors and taskset");
        }
        return new Placement(run(List.of("chrt", "--fifo", Rank.CLIENTS.priority, "true")) == 0);
    }

    /** Whether the ranks are the system's own, by SCHED_FIFO. */
    public boolean mayGoFirst() {
        return mayGoFirst;
    }

    /** The command as one of a process beside the loop. */
    public List<String> besideLoop(Rank rank, List<String> command) {
        var pinned = Stream.of("taskset", "-c", OTHER_PROCESSOR);
        var ranked = mayGoFirst
                ? Stream.of("chrt", "--fifo", rank.priority)
                : rank == Rank.ATTACKERS ? Stream.of("nice", "-n", "19") : Stream.<String>of();
        return Stream.of(pinned, ranked, command.stream())
                .flatMap(words -> words)
                .toList();
    }

    /**
     * Gives the loop of a worker that has started its processor. The worker's other threads are beside it: a loop may
     * spin while it waits for one of them, and would for ever if it went before them on the same processor. Its
     * compilers do not go first, because the system lets nobody do so for a whole second.
     */
    public void place(long worker) throws IOException {
        var pid = Long.toString(worker);
        require(List.of("taskset", "--all-tasks", "-c", "-p", OTHER_PROCESSOR, pid));
        for (var loop : threadsOf(pid, "evenkeel-loop")) {
            require(List.of("taskset", "-c", "-p", LOOPS_PROCESSOR, loop));
        }
        if (mayGoFirst) {
            require(List.of("chrt", "--all-tasks", "--fifo", "--pid", Rank.WORKER.priority, pid));
            for (var compiler : threadsOf(pid, "C[12] Compiler")) {
                require(List.of("chrt", "--other", "--pid", "0", compiler));
            }
        }
    }

    private static List<String> threadsOf(String pid, String beginning) throws IOException {
        var name = Pattern.compile(beginning);
        try (var threads = Files.list(Path.of("/proc", pid, "task"))) {
            return threads.filter(thread -> name.matcher(nameOf(thread)).lookingAt())
                    .map(thread -> thread.getFileName().toString())
                    .toList();
        }
    }

    private static String nameOf(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"), US_ASCII);
        } catch (IOException ended) {
            return "";
        }
    }

    private static void require(List<String> command) throws IOException {
        int status = run(command);
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
    }

    private static int run(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }
}
