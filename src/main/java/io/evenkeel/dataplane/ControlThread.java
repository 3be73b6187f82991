package io.evenkeel.dataplane;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which a worker's state changes. */
final class ControlThread {

    private static final Logger log = LoggerFactory.getLogger(ControlThread.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, this::thread);
    private volatile @Nullable Thread thread;

    /** Runs the task on the thread and waits for it; called on the thread itself, runs it at once. */
    <T> T call(Supplier<T> task) {
        if (Thread.currentThread().equals(thread)) {
            return task.get();
        }
        try {
            return executor.submit(task::get).get();
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("The worker is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the worker", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Runs the task on the thread and waits for its end. */
    void run(Runnable task) {
        var _ = call(() -> {
            task.run();
            return true;
        });
    }

    /** Runs the task soon; on a closed worker never. */
    void soon(Runnable task) {
        try {
            executor.execute(logging(task));
        } catch (RejectedExecutionException e) {
            log.atDebug().log("The worker is closed");
        }
    }

    void everySecond(Runnable task) {
        var _ = executor.scheduleWithFixedDelay(logging(task), 1, 1, TimeUnit.SECONDS);
    }

    /** Runs the task as the last one; what waits before it is still done. */
    void close(Runnable last) {
        if (!executor.isShutdown()) {
            executor.execute(logging(last));
            executor.shutdown();
        }
        try {
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                log.atWarn().log("The control thread does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Runnable logging(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("A task of the worker failed");
            }
        };
    }

    private Thread thread(Runnable task) {
        var made = Thread.ofPlatform().daemon().name("evenkeel-control").unstarted(task);
        thread = made;
        return made;
    }
}
