package io.evenkeel.dataplane.http.routing;

import io.evenkeel.dataplane.http.routing.action.Route;
import io.evenkeel.dataplane.http.routing.limit.Limiter;
import io.evenkeel.dataplane.http.routing.limit.Limiters;
import io.evenkeel.dataplane.http.routing.matching.Matcher;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.desiredstate.routing.DesiredAction;
import io.evenkeel.desiredstate.routing.DesiredAction.Answer;
import io.evenkeel.desiredstate.routing.DesiredAction.Redirect;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredLimit;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies of a listener, compiled, and not yet told which pools they lead to. Immutable. */
public final class Policies {

    /** Of a listener whose requests all go to its default pool. */
    public static final Policies NONE = new Policies(List.of(), List.of());

    private final List<DesiredPolicy> desired;
    private final List<Optional<Limiter>> limits;
    private final Matcher matcher;

    private Policies(List<DesiredPolicy> desired, List<Optional<Limiter>> limits) {
        this.desired = desired;
        this.limits = limits;
        this.matcher = Matcher.of(desired.stream().map(DesiredPolicy::rules).toList());
    }

    /**
     * Compiles, unless these are the same.
     *
     * @throws IllegalArgumentException when a rule makes no sense
     */
    public Policies next(List<DesiredPolicy> wanted, Limiters limiters) {
        if (desired.equals(wanted)) {
            return this;
        }
        return new Policies(
                wanted,
                wanted.stream()
                        .map(policy -> limiters.of(policy.id(), limitOf(policy.action())))
                        .toList());
    }

    private static DesiredLimit limitOf(DesiredAction action) {
        return switch (action) {
            case ToPools toPools -> toPools.limit();
            case Answer answer -> answer.limit();
            case Redirect _ -> DesiredLimit.NONE;
        };
    }

    public boolean isEmpty() {
        return desired.isEmpty();
    }

    /** Every pool that any of them leads to. */
    public static Set<UUID> poolsOf(List<DesiredPolicy> policies) {
        return policies.stream()
                .map(DesiredPolicy::action)
                .flatMap(action -> action instanceof ToPools toPools
                        ? toPools.pools().stream().map(Share::poolId)
                        : Stream.empty())
                .collect(Collectors.toSet());
    }

    /**
     * Ready for requests.
     *
     * @param pools null for one that is not held
     */
    public Routing bind(Place place, Function<UUID, @Nullable MemberPool> pools) {
        var routes = new ArrayList<Route>();
        for (int i = 0; i < desired.size(); i++) {
            routes.add(Route.of(desired.get(i), limits.get(i), place, pools));
        }
        return new Routing(place, matcher, routes);
    }
}
