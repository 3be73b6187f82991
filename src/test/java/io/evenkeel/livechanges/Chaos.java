package io.evenkeel.livechanges;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What {@code ./mvnw -Pchaos verify} is asked for: {@code -Dchaos.changes} in all, of which {@code -Dchaos.api-changes}
 * go through the API, which needs processors that the load leaves it few of, and the others straight to a worker;
 * {@code -Dchaos.seed} makes the same ones again.
 */
final class Chaos {

    private static final int CHANGES = Integer.getInteger("chaos.changes", 10_000);
    private static final int THROUGH_API = Math.min(CHANGES, Integer.getInteger("chaos.api-changes", 1_500));
    /** Else a worker takes hundreds a second, and checks find no time to follow. */
    private static final Duration PAUSE = Duration.ofMillis(15);

    private static final int CLIENTS = 16;
    private static final int IDLE = 1_000;
    private static final int STREAMS = 100;

    private Chaos() {}

    static long seed() {
        return Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong());
    }

    static void throughTheApi(ApiStage stage) throws IOException, InterruptedException {
        run(stage, THROUGH_API, Duration.ZERO);
    }

    static void atTheWorker(WorkerStage stage) throws IOException, InterruptedException {
        run(stage, CHANGES - THROUGH_API, PAUSE);
    }

    private static void run(Stage stage, int changes, Duration pause) throws IOException, InterruptedException {
        new LiveRun(stage, new LiveRun.Size(changes, pause, CLIENTS, 0, IDLE, STREAMS), seed()).run();
    }
}
