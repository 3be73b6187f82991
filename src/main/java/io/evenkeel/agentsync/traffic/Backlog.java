package io.evenkeel.agentsync.traffic;

import io.evenkeel.status.traffic.TrafficRecorder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Readings that are not written yet, the oldest first. For one thread. */
final class Backlog {

    private final int maxRows;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private int rows;

    Backlog(int maxRows) {
        this.maxRows = maxRows;
    }

    void add(Reading reading) {
        if (!reading.rows().isEmpty()) {
            readings.add(reading);
            rows += reading.rows().size();
        }
    }

    @Nullable
    Reading oldest() {
        return readings.peek();
    }

    void removeOldest() {
        rows -= readings.remove().rows().size();
    }

    /** Drops the oldest while there are too many rows, and what is too old to be written; answers how many rows. */
    int dropExcess(Instant now) {
        int before = rows;
        var oldestKept = now.minus(TrafficRecorder.TAKES_FOR);
        for (var oldest = oldest();
                oldest != null && (rows > maxRows || oldest.takenAt().isBefore(oldestKept));
                oldest = oldest()) {
            removeOldest();
        }
        return before - rows;
    }
}
