package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.routing.limit.Limiter;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.desiredstate.routing.DesiredAction.Answer;
import io.evenkeel.desiredstate.routing.DesiredAction.Redirect;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a policy does with a request that it matches. Shared by the loops. */
public interface Route {

    /** @param pools null for one that is not held */
    static Route of(
            DesiredPolicy policy, Optional<Limiter> limit, Place place, Function<UUID, @Nullable MemberPool> pools) {
        return switch (policy.action()) {
            case ToPools toPools -> new PoolRoute(policy.id(), toPools, limit, place, pools);
            case Redirect redirect -> new RedirectRoute(policy.id(), redirect, place);
            case Answer answer -> new AnswerRoute(policy.id(), answer, limit, place);
        };
    }

    UUID policyId();

    /** @throws RefusedException when what would be written is too large */
    void take(Decision request) throws RefusedException;
}
