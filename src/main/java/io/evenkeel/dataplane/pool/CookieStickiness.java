package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.stickiness.ClientTable;
import io.evenkeel.dataplane.stickiness.LongIndex;
import io.evenkeel.dataplane.stickiness.SessionCookie;
import io.evenkeel.desiredstate.DesiredStickiness;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a pool keeps clients that are known by a cookie: its own, or the application's, which is learnt where members set
 * it. One state of a pool; what was learnt is carried over to the next. Safe for any thread.
 */
public final class CookieStickiness {

    /** The application says how long its cookie is good; what is not asked for so long is forgotten. */
    private static final int APPLICATION_SECONDS = 86_400;

    private final DesiredStickiness desired;
    private final SessionCookie cookie;
    private final byte[] applicationCookie;
    private final int timeoutSeconds;
    private final InstantSource clock;
    private final ClientTable learnt;
    private final MemberRuntime[] members;
    private final LongIndex byMark;
    private final LongIndex byPlace;

    /** @throws IllegalArgumentException when the key is not hexadecimal */
    CookieStickiness(
            DesiredStickiness desired,
            UUID poolId,
            InstantSource clock,
            @Nullable CookieStickiness before,
            List<MemberRuntime> members) {
        var ofKey = before != null && before.desired.key().equals(desired.key()) ? before : null;
        var ofCookie = ofKey != null && ofKey.desired.cookieName().equals(desired.cookieName()) ? ofKey : null;
        this.desired = desired;
        this.clock = clock;
        cookie = ofKey == null ? new SessionCookie(HexFormat.of().parseHex(desired.key()), poolId) : ofKey.cookie;
        applicationCookie = desired.cookieName().getBytes(StandardCharsets.US_ASCII);
        timeoutSeconds = (int) desired.timeout().toSeconds();
        learnt = ofCookie == null ? new ClientTable() : ofCookie.learnt;
        this.members = members.toArray(new MemberRuntime[0]);
        byMark = new LongIndex(
                members.stream().mapToLong(member -> cookie.markOf(member.id())).toArray());
        byPlace = new LongIndex(members.stream().mapToLong(MemberRuntime::place).toArray());
    }

    /** The pool's own cookie, which the application's has beside it. */
    public SessionCookie cookie() {
        return cookie;
    }

    /** Whether the application's cookie decides; otherwise our own does alone. */
    public boolean isOfApplication() {
        return applicationCookie.length > 0;
    }

    /** Its name; not to be changed. */
    public byte[] applicationCookie() {
        return applicationCookie;
    }

    /** Seconds that our own cookie is good for; 0 as long as the application's. */
    public int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** Seconds since the epoch, unsigned. */
    public int now() {
        return (int) (clock.millis() / 1000);
    }

    /** Null when no member of this pool has that mark. */
    public @Nullable Member member(long mark) {
        int at = byMark.find(mark);
        return at == LongIndex.NONE ? null : members[at];
    }

    /** What a value of the application's cookie is known by; [start, end) without quotes. */
    public long keyOf(MemorySegment bytes, int start, int end) {
        return cookie.keyOf(bytes, start, end);
    }

    /** Where that value was learnt or seen last; null when it is not known here. */
    public @Nullable Member learnt(long key) {
        int at = byPlace.find(learnt.find(key, now(), APPLICATION_SECONDS));
        return at == LongIndex.NONE ? null : members[at];
    }

    /** That value was set by, or seen at, this member. */
    public void learn(long key, Member member) {
        int now = now();
        int place = ((MemberRuntime) member).place();
        learnt.lead(key, learnt.find(key, now, APPLICATION_SECONDS), place, now, APPLICATION_SECONDS);
    }
}
