package io.evenkeel.dataplane.tls.boringssl;

import io.netty.internal.tcnative.SessionTicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that session tickets are sealed under, the same for all listeners and loops of a worker and never kept. A new
 * one comes every hour; tickets of the two before are still taken. For one thread.
 */
public final class TicketKeys {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final int KEPT = 3;

    private final SecureRandom random = new SecureRandom();
    private final List<SessionTicketKey> newestFirst = new ArrayList<>();
    private long madeAtNanos;

    /** @param nowNanos a reading of {@link System#nanoTime()} */
    public TicketKeys(long nowNanos) {
        renew(nowNanos);
    }

    /** Makes a new key when it is time for one; returns whether it was. */
    boolean renewIfDue(long nowNanos) {
        boolean isDue = nowNanos - madeAtNanos >= LIFE.toNanos();
        if (isDue) {
            renew(nowNanos);
        }
        return isDue;
    }

    private void renew(long nowNanos) {
        madeAtNanos = nowNanos;
        newestFirst.addFirst(new SessionTicketKey(
                random(SessionTicketKey.NAME_SIZE),
                random(SessionTicketKey.HMAC_KEY_SIZE),
                random(SessionTicketKey.AES_KEY_SIZE)));
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
    }

    private byte[] random(int bytes) {
        var made = new byte[bytes];
        random.nextBytes(made);
        return made;
    }

    SessionTicketKey[] current() {
        return newestFirst.toArray(SessionTicketKey[]::new);
    }
}
