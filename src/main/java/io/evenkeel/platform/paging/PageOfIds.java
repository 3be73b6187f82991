package io.evenkeel.platform.paging;

import java.util.List;
import java.util.UUID;

/** The ids of a page, in its order. */
public record PageOfIds(List<String> ids, PageInfo info) {

    /** The ids of resources of our own. */
    public List<UUID> uuids() {
        return ids.stream().map(UUID::fromString).toList();
    }
}
