package io.evenkeel.platform.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page lies in its list (wire contract, filters.md §4).
 *
 * @param previousMarker id of the first row of this page; left out when it is empty
 * @param nextMarker id of the last row of this page; left out on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageInfo(
        int currentCount,
        @Nullable String previousMarker,
        @Nullable String nextMarker) {

    static PageInfo of(List<String> ids, boolean isLast) {
        return ids.isEmpty()
                ? new PageInfo(0, null, null)
                : new PageInfo(ids.size(), ids.getFirst(), isLast ? null : ids.getLast());
    }
}
