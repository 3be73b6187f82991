package io.evenkeel.agentsync;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends threads in an orderly way. */
final class Threads {

    private static final Logger log = LoggerFactory.getLogger(Threads.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Threads() {}

    static void join(Thread thread) {
        try {
            if (!thread.join(PATIENCE)) {
                log.atWarn().addKeyValue("thread", thread.getName()).log("Does not end; left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
