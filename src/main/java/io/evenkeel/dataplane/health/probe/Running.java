package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.health.schedule.LoopLag;
import io.evenkeel.dataplane.health.schedule.Slot;

/** A check under way, and until when it has time. */
final class Running {

    private final Slot<CheckTarget> slot;
    private final Check check;
    private final LoopLag lag;
    private final long lagAtStart;
    private final long endNanos;
    private boolean isOver;

    Running(Slot<CheckTarget> slot, LoopLag lag, long now) {
        this.slot = slot;
        this.lag = lag;
        check = Check.of(slot.what());
        lagAtStart = lag.total();
        endNanos = now + slot.what().timeout().toNanos();
    }

    Slot<CheckTarget> slot() {
        return slot;
    }

    Check check() {
        return check;
    }

    /** How long this checker stood still meanwhile. */
    long lost() {
        return lag.total() - lagAtStart;
    }

    /** When its time is up; what this checker lost is given back. */
    long deadline() {
        return endNanos + lost();
    }

    boolean isOver() {
        return isOver;
    }

    void over() {
        isOver = true;
    }
}
