package io.evenkeel.pool.answer;

import io.evenkeel.pool.answer.PoolResponse.IdRef;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What refers to a pool, and what it refers to; each list sorted by id. */
record PoolRefs(
        List<IdRef> listeners,
        List<IdRef> loadbalancers,
        List<IdRef> members,
        @Nullable UUID healthmonitorId) {}
