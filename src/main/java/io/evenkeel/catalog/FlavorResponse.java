package io.evenkeel.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A flavor as clients see it (wire contract, resources.md §10). */
record FlavorResponse(
        String id,
        String name,
        String type,
        boolean shared,
        String projectId,
        boolean flavorSoldOut,
        String publicBorderGroup,
        int category,
        FlavorInfo info) {

    /** What a flavor describes; {@code bandwidth} is in kbit/s. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FlavorInfo(
            int connection,
            int cps,
            @Nullable Integer qps,
            @Nullable Integer bandwidth,
            @Nullable Integer lcu,
            @Nullable Integer httpsCps) {}
}
