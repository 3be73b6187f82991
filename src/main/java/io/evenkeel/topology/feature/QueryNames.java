package io.evenkeel.topology.feature;

import io.evenkeel.platform.error.ErrorCode;
import java.util.Collection;
import java.util.TreeSet;

/** Query names that an operation knows. */
final class QueryNames {

    private QueryNames() {}

    /** Errors: UNRECOGNIZED_ATTRIBUTES naming the others. */
    static void refuseUnknown(Collection<String> given, Collection<String> known) {
        var unknown = new TreeSet<>(given);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw ErrorCode.UNRECOGNIZED_ATTRIBUTES.with(String.join(", ", unknown));
        }
    }
}
