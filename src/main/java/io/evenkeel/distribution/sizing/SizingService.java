package io.evenkeel.distribution.sizing;

import io.evenkeel.distribution.Window;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the load of a pool in one snapshot, by a fixed number of statements, and plans for it. */
@Service
class SizingService {

    private final LoadReads reads;
    private final Clock clock;

    SizingService(LoadReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** Errors: NOT_FOUND. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    PoolSizing show(String projectId, UUID poolId, Window window, OptionalInt capacity) {
        var from = window.beginBefore(clock.instant());
        var pool = reads.pool(projectId, poolId);
        return new SizingTold(
                        pool, window, reads.peak(pool, from), reads.members(pool, from), reads.zones(pool), capacity)
                .tell();
    }
}
