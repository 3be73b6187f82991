package io.evenkeel.dataplane.pool;

import io.evenkeel.desiredstate.DesiredPool;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a pool keeps its clients: by their addresses, by cookies, or not at all. */
record Keeping(@Nullable SourceStickiness sources, @Nullable CookieStickiness cookies) {

    static final Keeping NOBODY = new Keeping(null, null);

    /** Goes on with what was learnt before, where clients are known by the same. */
    Keeping next(DesiredPool desired, InstantSource clock, List<MemberRuntime> members) {
        return desired.stickiness()
                .map(wanted -> switch (wanted.type()) {
                    case SOURCE_IP -> new Keeping(new SourceStickiness(wanted, clock, sources, members), null);
                    case HTTP_COOKIE, APP_COOKIE ->
                        new Keeping(null, new CookieStickiness(wanted, desired.id(), clock, cookies, members));
                })
                .orElse(NOBODY);
    }
}
