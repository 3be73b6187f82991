package io.evenkeel.status.worker;

import java.time.Duration;

/** Whether a worker is heard, by the time since its last heartbeat. The names are shown. */
public enum WorkerState {
    /** It tells every two seconds that it lives. */
    LIVE,
    /** It has missed several heartbeats: another may have taken its share. */
    LATE,
    /** It is forgotten, with all it said, by the next node that notices. */
    GONE;

    public static final Duration LATE_AFTER = Duration.ofSeconds(10);
    public static final Duration GONE_AFTER = Duration.ofMinutes(1);

    /** @param silence since its last heartbeat */
    public static WorkerState after(Duration silence) {
        if (silence.compareTo(GONE_AFTER) > 0) {
            return GONE;
        }
        return silence.compareTo(LATE_AFTER) > 0 ? LATE : LIVE;
    }

    /** As on the wire. */
    public String onWire() {
        return switch (this) {
            case LIVE -> "live";
            case LATE -> "late";
            case GONE -> "gone";
        };
    }
}
