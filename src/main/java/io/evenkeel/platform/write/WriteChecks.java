package io.evenkeel.platform.write;

import java.util.Set;
import java.util.UUID;

/**
 * Looks at a write when everything of it is done and nothing is committed: what it finds it says by {@link Warnings}.
 * Runs in the write's own transaction, so it costs every write; one statement for all that was touched is the measure.
 */
public interface WriteChecks {

    /**
     * @param loadBalancers that the write created, advanced or deleted
     * @param pools likewise
     */
    void check(Set<UUID> loadBalancers, Set<UUID> pools);
}
