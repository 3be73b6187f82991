package io.evenkeel.dataplane.http.sticky;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.message.ResponseHead;
import io.evenkeel.dataplane.stickiness.LongIndex;
import io.evenkeel.dataplane.stickiness.SessionCookie;
import io.evenkeel.desiredstate.routing.DesiredAction.Stickiness;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a policy keeps each client at one of its pools: by a cookie of its own, made as those are that keep clients at
 * members. It leads to a pool for the policy's time since it was issued, and is issued anew when the client comes to
 * another pool, or is there still and an eighth of the time, at most a minute, has passed. A pool that takes no new
 * clients renews nothing, so its clients leave it in that time. Shared by the loops, with a reader for each.
 */
public final class PoolCookie {

    /** Of a client that belongs to none of the pools. */
    public static final int NONE = LongIndex.NONE;

    private final SessionCookie cookie;
    private final int timeoutSeconds;
    private final InstantSource clock;
    private final long[] marks;
    private final LongIndex byMark;
    private final OwnCookie[] readers;

    /**
     * @param pools their places in this list stand for them
     * @throws IllegalArgumentException when the key is not hexadecimal
     */
    public PoolCookie(
            UUID policyId, Stickiness wanted, List<UUID> pools, boolean isTls, int loops, InstantSource clock) {
        this.cookie = new SessionCookie(HexFormat.of().parseHex(wanted.key()), policyId);
        this.timeoutSeconds = (int) wanted.timeout().toSeconds();
        this.clock = clock;
        this.marks = pools.stream().mapToLong(cookie::markOf).toArray();
        this.byMark = new LongIndex(marks);
        this.readers = new OwnCookie[loops];
        Arrays.setAll(readers, loop -> new OwnCookie(isTls));
    }

    /** Its name, the same for all workers and at any time; not to be changed. */
    public byte[] name() {
        return cookie.name();
    }

    /** The place of the pool that a request's cookies lead to, or {@link #NONE}; what the head says stays as it is. */
    public int find(int loop, RequestHead head) {
        var reader = readers[loop];
        reader.begin(head);
        int now = now();
        while (reader.find(cookie)) {
            if (OwnCookie.isInTime(reader.age(now), timeoutSeconds)) {
                return byMark.find(reader.mark());
            }
        }
        return NONE;
    }

    /** What the response to a client tells that came to the pool at that place and belonged to none, or to another. */
    public AddedFields telling(int loop, int place) {
        return new Told(loop, place, ThreadLocalRandom.current().nextInt());
    }

    /** What the response to a client tells that {@link #find} found at that place just now; null for nothing. */
    public @Nullable AddedFields renewing(int loop, int place) {
        var reader = readers[loop];
        return OwnCookie.isToBeRenewed(reader.age(now()), timeoutSeconds)
                ? new Told(loop, place, reader.session())
                : null;
    }

    /** Takes the policy's cookies out of what the member sees. */
    public void takeOut(int loop, RequestHead head) {
        readers[loop].takeOut(head, cookie.name());
    }

    private int now() {
        return (int) (clock.millis() / 1000);
    }

    private final class Told implements AddedFields {

        private final int loop;
        private final int place;
        private final int session;

        Told(int loop, int place, int session) {
            this.loop = loop;
            this.place = place;
            this.session = session;
        }

        @Override
        public boolean belongTo(ResponseHead head) {
            return true;
        }

        @Override
        public void append(Block out) {
            readers[loop].append(out, cookie, marks[place], now(), session, timeoutSeconds);
        }
    }
}
