package io.evenkeel.dataplane.http.routing;

import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.routing.action.Decision;
import io.evenkeel.dataplane.http.routing.action.Route;
import io.evenkeel.dataplane.http.routing.matching.Caller;
import io.evenkeel.dataplane.http.routing.matching.Matcher;
import io.evenkeel.dataplane.http.routing.matching.Place;
import java.util.List;

/** The policies of a listener with the pools that they lead to, as the loops carry them out. Immutable, swapped whole. */
public final class Routing {

    private final Place place;
    private final Matcher matcher;
    private final Route[] routes;

    Routing(Place place, Matcher matcher, List<Route> routes) {
        this.place = place;
        this.matcher = matcher;
        this.routes = routes.toArray(new Route[0]);
    }

    /**
     * Decides on a request whose head is complete, where any policy matches it.
     *
     * @param loop the index of the loop this is called on
     * @param now by the loop's clock
     * @param decision the loop's, which says what is done where no policy matches
     * @throws RefusedException when the request is answered so: no policy can be told to be the right one (400, 414), or
     *     what the policy would write is too large (431)
     */
    public void decide(RequestHead head, Caller caller, int loop, long now, Decision decision) throws RefusedException {
        try {
            int first = matcher.first(decision.begin(head, place, caller, loop, now));
            if (first >= 0) {
                decision.take(routes[first]);
            }
        } finally {
            decision.end();
        }
    }
}
