package io.evenkeel.dataplane.health.schedule;

import org.jspecify.annotations.Nullable;

/** A target's place in the schedule: waiting on the wheel, in line, or under way. */
public final class Slot<T> {

    private final T what;
    private final long delayNanos;
    private final long phaseNanos;
    private final int kind;

    @Nullable
    Slots<T> in;

    @Nullable
    Slot<T> previous;

    @Nullable
    Slot<T> next;

    private long due;
    private long checks;
    private boolean isRunning;
    private boolean isDropped;

    /**
     * @param phaseNanos where between two points of its grid it lies
     * @param kind which bound it counts against
     */
    Slot(T what, long delayNanos, long phaseNanos, int kind) {
        this.what = what;
        this.delayNanos = delayNanos;
        this.phaseNanos = phaseNanos;
        this.kind = kind;
    }

    public T what() {
        return what;
    }

    /** How often its check was begun. */
    public long checks() {
        return checks;
    }

    /** Since when it is to be checked, or when it will be. */
    public long due() {
        return due;
    }

    void due(long nanos) {
        due = nanos;
    }

    int kind() {
        return kind;
    }

    long delayNanos() {
        return delayNanos;
    }

    /** The first point of its grid after a time that is counted from where the grid begins. */
    long untilNextPoint(long sinceOrigin) {
        return delayNanos - Math.floorMod(sinceOrigin - phaseNanos, delayNanos);
    }

    boolean isRunning() {
        return isRunning;
    }

    void begin() {
        isRunning = true;
        checks++;
    }

    void end() {
        isRunning = false;
    }

    boolean isDropped() {
        return isDropped;
    }

    void drop() {
        isDropped = true;
    }
}
