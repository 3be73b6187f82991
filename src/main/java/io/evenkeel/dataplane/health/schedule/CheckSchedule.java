package io.evenkeel.dataplane.health.probe;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Which target is checked when: at once when it is new, then on a grid of its delay whose phase is a hash of the
 * target, so that checks spread over the interval whatever the answers take. No more than a bound is under way; what
 * is due beyond it waits in line. No clock of its own: times are nanoseconds as the caller reads them. One thread.
 */
final class CheckSchedule {

    private static final long MAX_JITTER = 20_000_000;

    /** A target's place in the schedule. */
    static final class Slot {
        private final CheckTarget target;
        private final long number;
        private long due;
        private boolean isRunning;
        private boolean isDropped;

        private Slot(CheckTarget target, long number) {
            this.target = target;
            this.number = number;
        }

        CheckTarget target() {
            return target;
        }
    }

    private final int maxRunning;
    private final SplittableRandom random;
    private final long origin;
    private final long seed;
    private final TreeSet<Slot> waiting =
            new TreeSet<>(Comparator.<Slot>comparingLong(slot -> slot.due).thenComparingLong(slot -> slot.number));
    private final ArrayDeque<Slot> deferred = new ArrayDeque<>();
    private final Set<Slot> inLine = new HashSet<>();
    private int running;
    private long numbers;

    CheckSchedule(int maxRunning, long now, long seed) {
        this.maxRunning = maxRunning;
        this.origin = now;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    Slot add(CheckTarget target, long now) {
        var slot = new Slot(target, numbers++);
        slot.due = now;
        waiting.add(slot);
        return slot;
    }

    /** Makes the target due now, unless a check of it is under way or in line. */
    void hasten(Slot slot, long now) {
        if (waiting.remove(slot)) {
            slot.due = now;
            waiting.add(slot);
        }
    }

    void drop(Slot slot) {
        slot.isDropped = true;
        waiting.remove(slot);
        if (inLine.remove(slot)) {
            deferred.remove(slot);
        }
    }

    /** The next target to check now; it counts as under way until {@link #ended}. */
    Optional<Slot> poll(long now) {
        while (!waiting.isEmpty() && waiting.first().due - now <= 0) {
            var slot = waiting.removeFirst();
            deferred.add(slot);
            inLine.add(slot);
        }
        if (running >= maxRunning || deferred.isEmpty()) {
            return Optional.empty();
        }
        var slot = deferred.remove();
        inLine.remove(slot);
        slot.isRunning = true;
        running++;
        return Optional.of(slot);
    }

    /** The check of a polled target is over; the target is due again at its next point of the grid. */
    void ended(Slot slot, long now) {
        if (!slot.isRunning) {
            throw new IllegalStateException("No check of " + slot.target + " is under way");
        }
        slot.isRunning = false;
        running--;
        if (!slot.isDropped) {
            slot.due = nextOnGrid(slot.target, now);
            waiting.add(slot);
        }
    }

    int running() {
        return running;
    }

    /** Nanoseconds until a target is due, none when none waits. */
    Optional<Long> untilNext(long now) {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(Math.max(0, waiting.first().due - now));
    }

    private long nextOnGrid(CheckTarget target, long now) {
        long delay = target.delay().toNanos();
        long phase = Math.floorMod(mix(target.hashCode() ^ seed), delay);
        long next = now + delay - Math.floorMod(now - origin - phase, delay);
        return next + random.nextLong(Math.min(MAX_JITTER, delay / 50) + 1);
    }

    /** The finalizer of SplitMix64: neighbours in, strangers out. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
