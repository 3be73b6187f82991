package io.evenkeel.platform.paging;

import io.evenkeel.platform.error.ErrorCode;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The three paging names of a query. */
record Paging(int limit, @Nullable String marker, boolean isReverse) {

    static Paging of(MultiValueMap<String, String> query) {
        var marker = single(query, "marker");
        if (marker != null && (marker.isEmpty() || marker.indexOf('\0') >= 0)) {
            throw ErrorCode.INVALID_INPUT.with("marker", "must be the id of a row of this list");
        }
        return new Paging(limit(single(query, "limit")), marker, isReverse(single(query, "page_reverse")));
    }

    private static @Nullable String single(MultiValueMap<String, String> query, String name) {
        var values = query.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw ErrorCode.INVALID_INPUT.with(name, "may stand only once in the query");
        }
        return values.getFirst() == null ? "" : values.getFirst();
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return ListQueries.MAX_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 0 && limit <= ListQueries.MAX_LIMIT) {
                return limit == 0 ? ListQueries.MAX_LIMIT : limit;
            }
        } catch (NumberFormatException e) {
            // Answered like a number out of range.
        }
        throw ErrorCode.INVALID_INPUT.with("limit", "must be an integer from 0 to " + ListQueries.MAX_LIMIT);
    }

    private static boolean isReverse(@Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw ErrorCode.INVALID_INPUT.with("page_reverse", "must be true or false");
    }

    /** The page out of up to limit + 1 ids; the one too many only tells that the list goes on. */
    PageOfIds cut(List<String> ids) {
        boolean goesOn = ids.size() > limit;
        var page = goesOn ? ids.subList(0, limit) : ids;
        if (isReverse) {
            Collections.reverse(page);
        }
        // Behind a page that was reached backwards there is always the marker's row.
        boolean isLast = !(isReverse ? marker != null : goesOn);
        return new PageOfIds(List.copyOf(page), PageInfo.of(page, isLast));
    }
}
