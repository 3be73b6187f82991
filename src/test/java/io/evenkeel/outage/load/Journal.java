package io.evenkeel.outage.load;

import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What was done to whom when, and what went wrong. For any thread. */
public final class Journal {

    private static final int MAX_KEPT = 400;
    private static final int MAX_FAILURES = 40;

    private final long start = System.nanoTime();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();

    /** An act of the test itself. */
    public void note(String what) {
        if (kept.incrementAndGet() > MAX_KEPT) {
            lines.poll();
        }
        lines.add(time() + what);
    }

    /** Something that must not be. */
    public void failed(String what) {
        if (failures.incrementAndGet() <= MAX_FAILURES) {
            note("FAILED " + what);
        }
    }

    void served() {
        served.incrementAndGet();
    }

    void retried() {
        retried.incrementAndGet();
    }

    public int failures() {
        return failures.get();
    }

    public String figures() {
        return served + " requests served, of them " + retried + " on a second try; " + failures + " failed";
    }

    public String report() {
        return String.join("\n", lines) + "\n" + figures();
    }

    private String time() {
        return String.format(Locale.ROOT, "%8.3f s  ", (System.nanoTime() - start) / 1e9);
    }
}
