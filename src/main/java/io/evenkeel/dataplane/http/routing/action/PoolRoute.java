package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.routing.limit.Limiter;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** To one of some pools, as another request than the client's where the policy says so. */
final class PoolRoute implements Route {

    private static final String SAME_HOST = "${host}";

    private final UUID policyId;
    private final PoolShares shares;
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
        this.limit = limit;
        this.fields = new FieldChanges(action.fields(), place);
        this.cors = action.cors().map(CorsRules::new).orElse(null);
        this.rewriting = action.rewrite()
                .map(url -> new Rewriting(new Template(url.host()), ofPath(url.path()), new Template(url.query())))
                .orElse(null);
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
        request.goTo(shares.next(request.loop()), cors == null ? null : cors.edits(request));
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
