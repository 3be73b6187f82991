package io.evenkeel.platform.write;

import java.util.Set;
import java.util.UUID;

/** Tells what a write would change for the traffic, for a dry run. */
public interface WritePlanner {

    /** What workers are told about these now, as the transaction under way sees it. */
    View look(Set<UUID> loadBalancers, Set<UUID> pools);

    /** What workers are told at one moment. */
    interface View {

        /**
         * The way from this view to a later one that the same planner made of the same ids.
         *
         * @return a record that is written to the answer as {@code plan}
         */
        Object changesTo(View after);
    }
}
