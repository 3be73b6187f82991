package io.evenkeel.dataplane.transport.epoll.turn;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What other threads ask of a loop, and wait for. Who waits must not be on the loop; nobody waits for one that ended. */
public final class LoopCalls {

    private static final Logger log = LoggerFactory.getLogger(LoopCalls.class);

    private final Mailbox mailbox;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    public LoopCalls(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Has the task run by the loop, in order. May be called from the loop as well. */
    public void post(Runnable task) {
        if (ended.isDone()) {
            log.atDebug().log("A task came after its event loop had ended");
        } else {
            mailbox.post(task);
        }
    }

    /**
     * Has the task run by the loop and waits for it.
     *
     * @throws IOException what the task threw, or that the loop has ended
     */
    public <T> T call(Callable<T> task) throws IOException {
        var result = new CompletableFuture<T>();
        post(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            CompletableFuture.anyOf(result, ended).join();
            if (!result.isDone()) {
                throw new IOException("The transport was closed");
            }
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** Returns when what was asked before has run. */
    public void awaitTasks() {
        var reached = new CompletableFuture<Void>();
        post(() -> reached.complete(null));
        CompletableFuture.anyOf(reached, ended).join();
    }

    /** Said by the loop, last of all. */
    public void end() {
        ended.complete(null);
    }

    public void awaitEnd(Duration atMost) {
        var _ = ended.copy()
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
