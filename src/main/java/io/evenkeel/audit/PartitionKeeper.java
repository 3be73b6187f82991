package io.evenkeel.audit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks after the partitions at the start and every hour, on a thread of its own. */
@Component
class PartitionKeeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PartitionKeeper.class);

    private final PartitionService partitions;
    private @Nullable CountDownLatch end;

    PartitionKeeper(PartitionService partitions) {
        this.partitions = partitions;
    }

    @Override
    public synchronized void start() {
        keep();
        var ended = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("evenkeel-partitions").start(() -> run(ended));
        end = ended;
    }

    private void run(CountDownLatch ended) {
        try {
            while (!ended.await(1, TimeUnit.HOURS)) {
                keep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever fails now may work in an hour; until then the default partition takes the rows. */
    private void keep() {
        try {
            partitions.make();
            partitions.drop();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("The partitions of audit and events were not looked after");
        }
    }

    /** Before the web server: a write that meets a partition in the making is refused by the default one. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public synchronized void stop() {
        if (end != null) {
            end.countDown();
            end = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return end != null;
    }
}
