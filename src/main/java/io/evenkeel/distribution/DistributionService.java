package io.evenkeel.distribution;

import io.evenkeel.distribution.DistributionReads.MemberRow;
import io.evenkeel.distribution.judging.Judge;
import io.evenkeel.distribution.judging.MemberFigures;
import io.evenkeel.distribution.judging.PoolFigures;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads a window of a pool's traffic in one snapshot, by a fixed number of statements, and judges it. */
@Service
class DistributionService {

    private final DistributionReads reads;
    private final Clock clock;

    DistributionService(DistributionReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** Errors: NOT_FOUND. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    PoolDistribution show(String projectId, UUID poolId, Window window) {
        var from = window.beginBefore(clock.instant());
        var pool = reads.pool(projectId, poolId);
        var members = reads.members(pool, from);
        var workers = reads.workers(pool, from);
        var distinct = reads.distinct(pool, from);
        int counters = workers.stream()
                .mapToInt(DistributionReads.WorkerRow::listeners)
                .sum();
        var figures = new PoolFigures(
                pool.algorithm(),
                distinct.clients(),
                distinct.sessions(),
                counters,
                members.stream().map(DistributionService::figures).toList());
        return new DistributionTold(poolId, window, members, workers, distinct, Judge.judge(figures)).tell();
    }

    private static MemberFigures figures(MemberRow row) {
        return new MemberFigures(
                row.id(),
                row.weight(),
                row.picked(),
                row.retried(),
                row.stuck(),
                row.configured(),
                row.expected(),
                row.away(),
                row.open(),
                row.outages());
    }
}
