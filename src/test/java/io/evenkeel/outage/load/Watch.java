package io.evenkeel.outage.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks one worker over and over which revision it serves. None may be followed by an older one within an era, which is
 * what the test knows of the database's epochs; a worker that was not killed must always answer.
 */
public final class Watch implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(15);

    /**
     * The last-good file is written behind what is served, by a few milliseconds: a worker that is killed just then
     * begins with what it served before.
     */
    private static final Duration UNWRITTEN = Duration.ofSeconds(1);

    private static final int MAX_REMEMBERED = 1_000;

    private final Door door;
    private final Journal journal;
    private final Thread thread;
    private volatile long last = -1;
    private volatile boolean isStopped;

    private record Seen(long revision, long nanos) {}

    /** Grows; newest last. Guarded by itself, as are the numbers below. */
    private final Deque<Seen> seen = new ArrayDeque<>();

    private int life;
    private int era;
    private int eraOfFall;

    public Watch(Door door, Journal journal) {
        this.door = door;
        this.journal = journal;
        thread = Thread.ofVirtual().start(this::run);
    }

    public Door door() {
        return door;
    }

    /** The revision that was served last; -1 before there is any. */
    public long last() {
        return last;
    }

    /** From now on the database may know less than it did; to be called before any worker can see it. */
    public void newEra() {
        synchronized (seen) {
            era++;
        }
    }

    /** Its worker, which the door has said is going away, is dead. */
    public void isDead() {
        long written = System.nanoTime() - UNWRITTEN.toNanos();
        synchronized (seen) {
            life++;
            while (!seen.isEmpty() && seen.getLast().nanos() > written) {
                seen.removeLast();
            }
        }
    }

    private void run() {
        while (!isStopped) {
            look();
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private void look() {
        int state = door.state();
        int asked;
        synchronized (seen) {
            asked = life;
        }
        try {
            judge(Long.parseLong(Web.getOnce(door.vip(), door.webPort(), Door.REVISION)), asked);
        } catch (IOException e) {
            if (door.wasThere(state)) {
                journal.failed("Asking " + door + " for its revision: " + e);
            }
        }
    }

    /** @param asked in which of its lives the worker was asked */
    private void judge(long revision, int asked) {
        synchronized (seen) {
            if (asked != life) {
                return;
            }
            var highest = seen.peekLast();
            if (highest != null && revision < highest.revision()) {
                if (eraOfFall == era) {
                    journal.failed("%s serves revision %d after %d".formatted(door, revision, highest.revision()));
                    return;
                }
                eraOfFall = era;
                seen.clear();
            }
            if (seen.isEmpty() || revision > seen.getLast().revision()) {
                seen.addLast(new Seen(revision, System.nanoTime()));
            }
            if (seen.size() > MAX_REMEMBERED) {
                seen.removeFirst();
            }
            last = revision;
        }
    }

    @Override
    public void close() {
        isStopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
