package io.evenkeel.livechanges.load;

import io.evenkeel.livechanges.scene.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What was changed when, and what failed when and why. For any thread. */
public final class Journal {

    private static final int MAX_TOLD = 20;
    private static final int MAX_UNDER_WAY = 12;
    private static final long AFTERMATH = Duration.ofMillis(500).toNanos();

    /** Times are those of {@link System#nanoTime}. */
    private record Made(int number, Change change, long begun, long ended) {}

    private record Failed(String what, long begun, long ended, Throwable cause) {}

    private final long start = System.nanoTime();
    private final List<Made> changes = new ArrayList<>();
    private final Queue<Failed> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failureCount = new AtomicInteger();

    /** Runs what makes the change, and notes from when to when. */
    public void change(Change change, Runnable making) {
        long begun = System.nanoTime();
        int number = made() + 1;
        try {
            making.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("Change " + number + " was not taken: " + change, e);
        } finally {
            synchronized (changes) {
                changes.add(new Made(number, change, begun, System.nanoTime()));
            }
        }
    }

    public int made() {
        synchronized (changes) {
            return changes.size();
        }
    }

    /** Something that began then has failed now. */
    public void failed(String what, long begun, Throwable cause) {
        if (failureCount.incrementAndGet() <= MAX_TOLD) {
            failures.add(new Failed(what, begun, System.nanoTime(), cause));
        }
    }

    public int failures() {
        return failureCount.get();
    }

    /** The first failures, each with its time, its cause and the changes that were under way. */
    public String report() {
        return failures.stream().map(this::tell).collect(Collectors.joining("\n", failures() + " failed\n", ""));
    }

    private String tell(Failed failed) {
        var text = new StringBuilder("%s failed at %s, begun %s before: %s"
                .formatted(failed.what, since(start, failed.ended), since(failed.begun, failed.ended), failed.cause));
        for (var made : underWay(failed)) {
            text.append("\n    change %d, begun %s before, ended %s before: %s"
                    .formatted(
                            made.number,
                            since(made.begun, failed.ended),
                            since(made.ended, failed.ended),
                            made.change));
        }
        return text.toString();
    }

    private List<Made> underWay(Failed failed) {
        synchronized (changes) {
            var under = changes.stream()
                    .filter(made -> made.begun <= failed.ended && made.ended + AFTERMATH >= failed.begun)
                    .toList();
            return under.subList(Math.max(0, under.size() - MAX_UNDER_WAY), under.size());
        }
    }

    private static String since(long from, long to) {
        return String.format(Locale.ROOT, "%.3f s", (to - from) / 1e9);
    }
}
