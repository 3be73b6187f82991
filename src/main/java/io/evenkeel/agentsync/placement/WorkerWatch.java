package io.evenkeel.agentsync.placement;

import io.evenkeel.status.StatusRecorder;
import io.evenkeel.status.worker.WorkerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Forgets workers that are gone, with all they said, on every node: a member must not stay online because a worker that
 * is gone saw it healthy once. Gone is who was silent for as long as this node looked on; a database that was away is
 * held against nobody.
 */
@Component
class WorkerWatch {

    private static final Logger log = LoggerFactory.getLogger(WorkerWatch.class);

    private final PlacementReads reads;
    private final StatusRecorder recorder;
    private final Fleet fleet = new Fleet(WorkerState.GONE_AFTER);

    WorkerWatch(PlacementReads reads, StatusRecorder recorder) {
        this.reads = reads;
        this.recorder = recorder;
    }

    @Scheduled(fixedDelayString = "PT5S", initialDelayString = "PT5S")
    void look() {
        try {
            fleet.look(reads.heartbeats(), System.nanoTime());
            var gone = fleet.lost();
            if (!gone.isEmpty()) {
                recorder.forgetWorkers(gone, WorkerState.GONE_AFTER);
            }
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("Who lives cannot be read now");
        }
    }
}
