package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.routing.limit.Limiter;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.dataplane.http.sticky.PoolCookie;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.Stickiness;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** To one of some pools, as another request than the client's where the policy says so. */
final class PoolRoute implements Route {

    private static final String SAME_HOST = "${host}";

    private final UUID policyId;
    private final PoolShares shares;
    private final @Nullable PoolCookie cookie;
    private final Optional<Limiter> limit;
    private final FieldChanges fields;
    private final @Nullable CorsRules cors;
    private final @Nullable Rewriting rewriting;

    /** The URL that the member sees. */
    private record Rewriting(Template host, Template path, Template query) {}

    PoolRoute(
            UUID policyId,
            ToPools action,
            Optional<Limiter> limit,
            Place place,
            Function<UUID, @Nullable MemberPool> pools) {
        this.policyId = policyId;
        this.shares = new PoolShares(action.pools(), pools, place.loops());
        this.cookie = action.stickiness()
                .map(wanted -> cookie(policyId, wanted, action.pools(), place))
                .orElse(null);
        this.limit = limit;
        this.fields = new FieldChanges(action.fields(), place);
        this.cors = action.cors().map(CorsRules::new).orElse(null);
        this.rewriting = action.rewrite()
                .map(url -> new Rewriting(new Template(url.host()), ofPath(url.path()), new Template(url.query())))
                .orElse(null);
    }

    private static PoolCookie cookie(UUID policyId, Stickiness wanted, List<Share> shares, Place place) {
        var pools = shares.stream().map(Share::poolId).toList();
        return new PoolCookie(policyId, wanted, pools, place.isSecure(), place.loops(), InstantSource.system());
    }

    /** A fragment is nothing for a server: what would begin one is part of the path. */
    private static Template ofPath(String path) {
        return new Template(path.replace("#", "%23"));
    }

    @Override
    public UUID policyId() {
        return policyId;
    }

    @Override
    public void take(Decision request) throws RefusedException {
        if (cors != null && cors.answerPreflight(request)) {
            return;
        }
        if (!request.isWithin(limit)) {
            return;
        }
        var edits = request.edits();
        if (rewriting != null) {
            rewrite(rewriting, request);
        }
        edits.drop(fields.dropped());
        fields.appendLines(request, edits.lines());
        edits.check();
        int place = cookie == null ? shares.next(request.loop()) : keep(cookie, request);
        request.goTo(shares.at(place), cors == null ? null : cors.edits(request));
    }

    /** The place of the pool that the client belongs to, from now on where it belonged to none that serves. */
    private int keep(PoolCookie by, Decision request) {
        int loop = request.loop();
        int known = by.find(loop, request.head());
        var home = known == PoolCookie.NONE ? null : shares.at(known);
        if (home != null && home.isServing()) {
            request.keepBy(by, shares.takesNew(known) ? by.renewing(loop, known) : null);
            return known;
        }
        int next = shares.next(loop);
        request.keepBy(by, next == PoolShares.NOBODY ? null : by.telling(loop, next));
        return next;
    }

    private static void rewrite(Rewriting url, Decision request) {
        var target = request.edits().target();
        if (!url.path.is("${path}") || !url.query.is("${query}")) {
            url.path.append(request, target);
            int pathEnd = target.size();
            target.append((byte) '?');
            url.query.append(request, target);
            if (target.size() == pathEnd + 1) {
                target.truncate(pathEnd);
            }
        }
        if (!url.host.is(SAME_HOST)) {
            url.host.append(request, request.edits().host());
        }
    }
}
