package io.evenkeel.dataplane.http.routing.limit;

import io.evenkeel.desiredstate.routing.DesiredLimit;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The limiters of all policies of a worker; one goes on counting as long as its policy's limit is the same. */
public final class Limiters {

    private final long salt = new SecureRandom().nextLong();
    private final Map<UUID, WeakReference<Limiter>> known = new HashMap<>();
    private @Nullable SourceTable sources;

    /** Absent where nothing is limited. */
    public synchronized Optional<Limiter> of(UUID policyId, DesiredLimit limit) {
        if (limit.perSecond() == 0 && limit.perSecondAndSource() == 0) {
            return Optional.empty();
        }
        known.values().removeIf(limiter -> limiter.get() == null);
        var before = known.get(policyId);
        @Nullable Limiter limiter = before == null ? null : before.get();
        if (limiter == null || !limiter.isFor(limit)) {
            limiter = new Limiter(limit, salt ^ policyId.getLeastSignificantBits(), sources());
            known.put(policyId, new WeakReference<>(limiter));
        }
        return Optional.of(limiter);
    }

    private SourceTable sources() {
        if (sources == null) {
            sources = new SourceTable();
        }
        return sources;
    }
}
