package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http2.frame.ConnectionException;
import io.evenkeel.dataplane.http2.frame.ErrorCode;

/**
 * How much a peer may ask for that costs work and leads to nothing: resets, pings, settings, empty frames. It comes back
 * with time and with what does lead to something.
 */
final class Patience {

    static final int FRAME = 1;
    /** A stream that was begun, or even served, for nothing. */
    static final int STREAM = 10;

    static final int MAX = 2000;
    /** What one may spend whose like was told to calm down just before. */
    static final int LITTLE = 100;

    private static final int EACH_SECOND = 200;
    private static final long NANOS = 1_000_000_000L / EACH_SECOND;
    /** Smaller pieces are no progress: RFC 9113 §10.5 names tiny windows. */
    private static final int WORTHWHILE_BYTES = 256;

    private int left = MAX;
    private long countedNanos;

    Patience(long nowNanos) {
        countedNanos = nowNanos;
    }

    /**
     * @param isHeard whether the peer takes what is sent to it; else time gives nothing back, so that it cannot have more
     *     and more answers wait for it
     * @throws ConnectionException when there is none left
     */
    void spend(int cost, long nowNanos, boolean isHeard) throws ConnectionException {
        left -= cost;
        if (left >= 0) {
            return;
        }
        if (isHeard) {
            regain(nowNanos);
        } else {
            countedNanos = nowNanos;
        }
        if (left < 0) {
            throw new ConnectionException(ErrorCode.ENHANCE_YOUR_CALM, "too much that leads to nothing");
        }
    }

    /** Whether more than {@link #LITTLE} is spent. */
    boolean isTried() {
        return left < MAX - LITTLE;
    }

    void lose() {
        left = 0;
    }

    private void regain(long nowNanos) {
        long regained = (nowNanos - countedNanos) / NANOS;
        countedNanos += regained * NANOS;
        left = (int) Math.min(left + regained, MAX);
    }

    /** Content went out, which the peer answers with larger windows. */
    void onSent(int bytes) {
        if (bytes >= WORTHWHILE_BYTES) {
            earn(2);
        }
    }

    void onAnswered() {
        earn(STREAM / 2);
    }

    private void earn(int amount) {
        left = Math.min(left + amount, MAX);
    }
}
