package io.evenkeel.outage;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens to several nodes in one process, drawn from a seed. */
final class SeededRun {

    private static final int STEPS = 6;

    private final Nodes nodes;
    private final Random random;
    private boolean hasLostSilently;

    private interface Step {
        void take() throws IOException, SQLException;
    }

    SeededRun(Nodes nodes, long seed) {
        this.nodes = nodes;
        this.random = new Random(seed);
    }

    /** Ends with everything mended and converged; returns how long that took. */
    Duration play() throws IOException, SQLException {
        for (int n = 0; n < STEPS; n++) {
            take(next());
        }
        note("heal");
        return nodes.heal();
    }

    /** Somebody may be waiting for an answer that will never come, and does so until that is given up. */
    boolean hasLostSilently() {
        return hasLostSilently;
    }

    private void take(Step step) throws IOException, SQLException {
        try {
            step.take();
        } catch (AssertionError e) {
            // A call that got no answer, or 503: what it was to do is not done, or is.
            if (!String.valueOf(e.getMessage()).contains("503") && !(e.getCause() instanceof IOException)) {
                throw e;
            }
        }
    }

    private Step next() {
        var worker = any(nodes.workers());
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> this::write;
            case 5, 6 ->
                () -> {
                    note("an extra load balancer comes or goes");
                    any(nodes.extras()).toggle();
                };
            case 7, 8, 9 -> () -> killOrStart(worker);
            case 10 ->
                () -> {
                    note("cut off " + worker);
                    worker.way().cut();
                };
            case 11 ->
                () -> {
                    note("nothing comes through to " + worker);
                    worker.way().silence();
                };
            case 12, 13 -> () -> mend(worker);
            case 14 ->
                () -> {
                    note("cut off the API");
                    nodes.apiWay().cut();
                };
            case 15 ->
                () -> {
                    note("commits are slow");
                    nodes.apiWay().open();
                    nodes.apiWay().delayCommits(Duration.ofMillis(random.nextInt(300)));
                };
            case 16, 17 ->
                () -> {
                    boolean isKilled = random.nextBoolean();
                    note(isKilled ? "kill -9 PostgreSQL" : "restart PostgreSQL");
                    nodes.restartPostgres(isKilled);
                };
            case 18 ->
                () -> {
                    note("fail over to a follower that lags");
                    nodes.failOver(this::writeInVain);
                };
            default ->
                () -> {
                    note("restore a backup");
                    nodes.restoreBackup(this::writeInVain);
                };
        };
    }

    private void note(String what) {
        nodes.journal().note(what);
    }

    private <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private void write() {
        int writes = 1 + random.nextInt(3);
        for (int n = 0; n < writes; n++) {
            var door = any(nodes.workers()).watch().door();
            boolean isAccepted = nodes.ledger().revise(door);
            note("revision of " + door + (isAccepted ? ": " + nodes.ledger().accepted(door) : ": not accepted"));
        }
        nodes.ledger().describe();
    }

    private void writeInVain() {
        write();
        write();
    }

    private void killOrStart(Node worker) throws IOException {
        if (worker.isUp()) {
            note("kill " + worker);
            worker.kill();
        } else {
            note("start " + worker);
            worker.start();
        }
    }

    private void mend(Node worker) {
        boolean isForNewOnes = random.nextBoolean();
        hasLostSilently |= isForNewOnes;
        note("mend the way of " + worker + (isForNewOnes ? ", its connections are lost" : ""));
        if (isForNewOnes) {
            worker.way().openForNewOnes();
        } else {
            worker.way().open();
        }
    }

    /** Those of a range, or the one that {@code -Doutage.seed} names. */
    static List<Long> seeds(int count) {
        var one = Long.getLong("outage.seed");
        if (one != null) {
            return List.of(one);
        }
        var seeds = new ArrayList<Long>();
        for (long seed = 1; seed <= Integer.getInteger("outage.seeds", count); seed++) {
            seeds.add(seed);
        }
        return seeds;
    }
}
