package io.evenkeel.dataplane.http.routing.limit;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the next request of each client is due, for every policy that asks: a table of fixed size. Where it is full, who
 * is least near its limit is forgotten, which lets through too much and never too little. An entry is one word: part of
 * the client's hash, and the moment in microseconds, which may wrap.
 */
final class SourceTable {

    private static final int BUCKET_BITS = 14;
    private static final int PER_BUCKET = 8;
    private static final int MOMENT_BITS = 40;
    private static final long MOMENT = (1L << MOMENT_BITS) - 1;
    private static final int ATTEMPTS = 16;

    private final AtomicLongArray entries = new AtomicLongArray(PER_BUCKET << BUCKET_BITS);

    /** How long the client has to wait, in microseconds, or {@link Pace#REFUSED}. */
    long take(long hash, Pace pace, long now) {
        int bucket = ((int) hash & ((1 << BUCKET_BITS) - 1)) * PER_BUCKET;
        long mark = (hash >>> MOMENT_BITS) | 1;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int at = find(bucket, mark, now);
            long entry = entries.get(at);
            long due = entry >>> MOMENT_BITS == mark ? due(entry, pace, now) : now;
            long wait = pace.waitFor(due, now);
            if (wait == Pace.REFUSED) {
                return wait;
            }
            long next = (mark << MOMENT_BITS) | (pace.after(due, now) & MOMENT);
            if (entries.compareAndSet(at, entry, next)) {
                return wait;
            }
        }
        return 0;
    }

    /** The client's place, or else that of the one with the least ahead of it. */
    private int find(int bucket, long mark, long now) {
        int best = bucket;
        long least = Long.MAX_VALUE;
        for (int at = bucket; at < bucket + PER_BUCKET; at++) {
            long entry = entries.get(at);
            if (entry >>> MOMENT_BITS == mark) {
                return at;
            }
            long ahead = entry == 0 ? Long.MIN_VALUE : ahead(entry, now);
            if (ahead < least) {
                least = ahead;
                best = at;
            }
        }
        return best;
    }

    private static long due(long entry, Pace pace, long now) {
        long ahead = ahead(entry, now);
        return ahead > pace.horizon() ? now : now + ahead;
    }

    /** Negative for what is past. */
    private static long ahead(long entry, long now) {
        long difference = ((entry & MOMENT) - now) & MOMENT;
        return difference > MOMENT / 2 ? difference - MOMENT - 1 : difference;
    }
}
