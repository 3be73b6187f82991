package io.evenkeel.outage.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was written through the API and answered with success, and what came of it: nothing of that may be lost. A write
 * without an answer may have been carried out or not. On one thread.
 */
public final class Ledger {

    private static final int POOLS = 12;

    private final Layout layout;
    private final Journal journal;
    private final Map<Door, Long> accepted = new HashMap<>();
    private final List<String> pools = new ArrayList<>();
    private final Map<String, Long> described = new HashMap<>();
    private long next;
    private int written;
    private int refused;

    public Ledger(Layout layout, Journal journal) {
        this.layout = layout;
        this.journal = journal;
        for (int n = 0; n < POOLS; n++) {
            pools.add(layout.estate()
                    .pool(Map.of(
                            "type",
                            "instance",
                            "vpc_id",
                            layout.estate().cloud().vpcId(),
                            "description",
                            "0")));
        }
    }

    /** Changes what the door says; true where the API has accepted it. */
    public boolean revise(Door door) {
        long revision = ++next;
        if (!isAccepted(() -> layout.revise(door, revision))) {
            return false;
        }
        accepted.put(door, revision);
        return true;
    }

    /** Changes another thing. */
    public void describe() {
        long number = ++next;
        var pool = pools.get((int) (number % POOLS));
        var fields = Map.of("description", Long.toString(number));
        if (isAccepted(() -> layout.estate().change("/pools/" + pool, "pool", fields))) {
            described.put(pool, number);
        }
    }

    /** What was accepted last; 0 before there is any. */
    public long accepted(Door door) {
        return accepted.getOrDefault(door, 0L);
    }

    private interface Write {
        Api.Answer make();
    }

    private boolean isAccepted(Write write) {
        try {
            var answer = write.make();
            if (answer.status() == 503) {
                requireAdvice(answer);
            } else if (answer.status() == 200) {
                written++;
                return true;
            } else {
                journal.failed("a write was answered " + answer.status() + ": "
                        + answer.raw().body());
            }
        } catch (AssertionError e) {
            if (!(e.getCause() instanceof java.io.IOException)) {
                throw e;
            }
        }
        refused++;
        return false;
    }

    private void requireAdvice(Api.Answer answer) {
        if (answer.raw().headers().firstValue("Retry-After").isEmpty()) {
            journal.failed("503 without Retry-After: " + answer.raw().body());
        }
    }

    /** Everything that was accepted is there, or what was written later. */
    public void requireNothingLost() {
        accepted.forEach((door, revision) ->
                assertThat(layout.revision(door)).as("%s", door).isGreaterThanOrEqualTo(revision));
        described.forEach((pool, number) ->
                assertThat(description(pool)).as("pool %s", pool).isGreaterThanOrEqualTo(number));
    }

    /** The database went back on purpose: what it says now is what counts. */
    public void begin() {
        layout.doors().forEach(door -> accepted.put(door, layout.revision(door)));
        pools.forEach(pool -> described.put(pool, description(pool)));
    }

    private long description(String pool) {
        return Long.parseLong(
                layout.estate().show("/pools/" + pool).path("description").asString());
    }

    public String figures() {
        return written + " writes accepted, " + refused + " not";
    }
}
