package io.evenkeel.dataplane.health.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which target is checked when: at once when it is new, then on a grid of its delay whose phase is a hash of the
 * target, so that checks spread over the interval whatever the answers take. No more of a kind than its bound are under
 * way; what is due beyond it waits in line, so that under too many targets all are checked less often, and alike. No
 * clock of its own: times are nanoseconds as the caller reads them. One thread.
 */
public final class CheckSchedule<T> {

    private static final long MAX_JITTER = 20_000_000;

    private final int[] bounds;
    private final int[] running;
    private final List<Slots<T>> lines = new ArrayList<>();
    private final Slots<T> due = new Slots<>();
    private final SplittableRandom random;
    private final long origin;
    private final long seed;
    private final Wheel<T> wheel;
    private int nextKind;

    /** @param bounds by kind: how many checks may be under way */
    public CheckSchedule(long now, long seed, int... bounds) {
        this.bounds = bounds.clone();
        this.running = new int[bounds.length];
        this.origin = now;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.wheel = new Wheel<>(now);
        Arrays.stream(bounds).forEach(_ -> lines.add(new Slots<>()));
    }

    /** @param hash tells targets apart that are to be spread */
    public Slot<T> add(T what, long delayNanos, int hash, int kind, long now) {
        long phase = Math.floorMod(mix(hash ^ seed), delayNanos);
        var slot = new Slot<>(what, delayNanos, phase, kind);
        slot.due(now);
        wheel.add(slot);
        return slot;
    }

    /** Makes the target due now, unless a check of it is under way or in line. */
    public void hasten(Slot<T> slot, long now) {
        var list = slot.in;
        if (list != null && list != lines.get(slot.kind())) {
            list.remove(slot);
            slot.due(now);
            wheel.add(slot);
        }
    }

    public void drop(Slot<T> slot) {
        slot.drop();
        if (slot.in != null) {
            slot.in.remove(slot);
        }
    }

    /** The next target to check now; it counts as under way until {@link #ended}. */
    public Optional<Slot<T>> poll(long now) {
        wheel.moveDue(now, due);
        for (var slot = due.first(); slot != null; slot = due.first()) {
            due.remove(slot);
            lines.get(slot.kind()).add(slot);
        }
        for (int i = 0; i < bounds.length; i++) {
            int kind = nextKind;
            nextKind = kind + 1 == bounds.length ? 0 : kind + 1;
            var first = lines.get(kind).first();
            if (first != null && running[kind] < bounds[kind]) {
                lines.get(kind).remove(first);
                first.begin();
                running[kind]++;
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    /** The check of a polled target is over; the target is due again at its next point of the grid. */
    public void ended(Slot<T> slot, long now) {
        if (!slot.isRunning()) {
            throw new IllegalStateException("No check of " + slot.what() + " is under way");
        }
        slot.end();
        running[slot.kind()]--;
        if (!slot.isDropped()) {
            long jitter = random.nextLong(Math.min(MAX_JITTER, slot.delayNanos() / 50) + 1);
            slot.due(now + slot.untilNextPoint(now - origin) + jitter);
            wheel.add(slot);
        }
    }

    public int running() {
        return Arrays.stream(running).sum();
    }

    /** Nanoseconds until a target is due, none when none waits. */
    public Optional<Long> untilNext(long now) {
        long until = wheel.untilNext(now);
        return until == Long.MAX_VALUE ? Optional.empty() : Optional.of(until);
    }

    /** The finalizer of SplitMix64: neighbours in, strangers out. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
