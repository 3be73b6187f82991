package io.evenkeel.dataplane.stickiness;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Where each client was led to last: for all loops of a worker, without locks but while it grows, when new clients wait.
 * Eight bytes a client, in buckets of eight; grows fourfold when a bucket is full, up to {@link #MAX_ENTRIES}, from where
 * on the client of a bucket that was not seen for longest is forgotten. Of a client 35 bits are kept: two of a million
 * clients may be taken for each other, and then share a place. Safe for any thread.
 */
public final class ClientTable {

    public static final int NONE = 0;

    /** 8 MiB. */
    static final int MAX_ENTRIES = 1 << 20;

    public static final int MAX_PLACE = 0xffff;

    private static final VarHandle ENTRIES = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int FIRST_ENTRIES = 1 << 10;
    private static final int GROWTH = 4;
    private static final int WAYS = 8;

    // An entry is 28 bits of the hash, 16 of the place, 20 of the time in seconds. Buckets of the smallest table are
    // told by the hash's lowest 7 bits, those of larger ones by bits that the entry has, so that it can move.
    private static final int LOWEST_BITS = Integer.numberOfTrailingZeros(FIRST_ENTRIES / WAYS);
    private static final int HASH_SHIFT = 36;
    private static final int PLACE_SHIFT = 20;
    private static final long HASH_MASK = (1L << 28) - 1;
    private static final int TIME_MASK = (1 << PLACE_SHIFT) - 1;
    private static final int CLOCK_SLACK = 600;
    /** Stands in a table that has grown, where nothing may be written any more: of no place, and so of nobody. */
    private static final long MOVED = 1;

    /** Shared by all tables that nobody has come to, and never written to. */
    private static final long[] NOBODY = new long[FIRST_ENTRIES];

    private final int maxEntries;
    private volatile long[] entries = NOBODY;
    /** While {@link #entries}, to which no client is added meanwhile, are filled from it. */
    private volatile long @Nullable [] previous;

    public ClientTable() {
        this(MAX_ENTRIES);
    }

    ClientTable(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /**
     * The client's place, 1..65535, or {@link #NONE}.
     *
     * @param hash of the client, all its bits alike good
     * @param now seconds, of any origin
     * @param timeout seconds that a client is kept since it was last seen, up to ten days
     */
    public int find(long hash, int now, int timeout) {
        while (true) {
            var current = entries;
            var before = previous;
            // What has gone from the old one meanwhile is in the new one, so that one is read last.
            long entry = before == null ? 0 : entryOf(before, hash, now, timeout);
            if (entry == 0) {
                entry = entryOf(current, hash, now, timeout);
            }
            if (entry != 0) {
                return placeOf(entry);
            }
            if (isUnchanged(current, before)) {
                return NONE;
            }
        }
    }

    // The arrays are swapped whole.
    @SuppressWarnings("ReferenceEquality")
    private boolean isUnchanged(long[] current, long @Nullable [] before) {
        return entries == current && previous == before;
    }

    private static long entryOf(long[] table, long hash, int now, int timeout) {
        int bucket = bucketOf(table, hash);
        for (int i = bucket; i < bucket + WAYS; i++) {
            long entry = (long) ENTRIES.getVolatile(table, i);
            if (isOf(entry, hash) && ageOf(entry, now) <= timeout) {
                return entry;
            }
        }
        return 0;
    }

    /**
     * Leads the client to a place, unless another loop has led it somewhere in the meantime.
     *
     * @param lost where it was and cannot stay, or {@link #NONE} when it was nowhere
     * @param place 1..65535
     * @return where it is now
     */
    public int lead(long hash, int lost, int place, int now, int timeout) {
        while (true) {
            int held = find(hash, now, timeout);
            if (held != NONE && held != lost) {
                if (held == place) {
                    see(hash, place, now, timeout);
                }
                return held;
            }
            if (store(entries, hash, lost, place, now, timeout)) {
                return place;
            }
        }
    }

    /** The client is there still: its time begins anew. Nothing where it is not, or was seen within this second. */
    public void see(long hash, int place, int now, int timeout) {
        var table = entries;
        int bucket = bucketOf(table, hash);
        for (int i = bucket; i < bucket + WAYS; i++) {
            long entry = (long) ENTRIES.getVolatile(table, i);
            if (isOf(entry, hash) && ageOf(entry, now) <= timeout) {
                long seen = entry(hash, place, now);
                if (placeOf(entry) == place && entry != seen) {
                    ENTRIES.compareAndSet(table, i, entry, seen);
                }
                return;
            }
        }
    }

    /** False when it has to be tried again. */
    private boolean store(long[] table, long hash, int lost, int place, int now, int timeout) {
        if (isNobody(table)) {
            open();
            return false;
        }
        if (previous != null) {
            awaitGrowth();
            return false;
        }
        int bucket = bucketOf(table, hash);
        int free = bucket;
        long freed = 0;
        int oldest = -1;
        for (int i = bucket; i < bucket + WAYS; i++) {
            long entry = (long) ENTRIES.getVolatile(table, i);
            if (entry == MOVED) {
                return false;
            }
            int age = entry == 0 ? Integer.MAX_VALUE : ageOf(entry, now);
            if (isOf(entry, hash)) {
                boolean isLedElsewhere = age <= timeout && placeOf(entry) != lost;
                return !isLedElsewhere && ENTRIES.compareAndSet(table, i, entry, entry(hash, place, now));
            }
            if (age > oldest) {
                oldest = age;
                free = i;
                freed = entry;
            }
        }
        if (oldest <= timeout && grow(table)) {
            return false;
        }
        return ENTRIES.compareAndSet(table, free, freed, entry(hash, place, now));
    }

    private synchronized void open() {
        if (isNobody(entries)) {
            entries = new long[FIRST_ENTRIES];
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isNobody(long[] table) {
        return table == NOBODY;
    }

    /** False when it is as large as it may be. */
    private synchronized boolean grow(long[] full) {
        if (!isCurrent(full)) {
            return true;
        }
        if (full.length >= maxEntries) {
            return false;
        }
        var larger = new long[full.length * GROWTH];
        previous = full;
        entries = larger;
        for (int i = 0; i < full.length; i++) {
            move(full, i, larger);
        }
        previous = null;
        return true;
    }

    private synchronized void awaitGrowth() {
        // Whoever makes it grow holds the lock until it has grown.
    }

    private static void move(long[] from, int i, long[] to) {
        long entry = (long) ENTRIES.getVolatile(from, i);
        int copy = copy(entry, to, i / WAYS);
        while (!ENTRIES.compareAndSet(from, i, entry, MOVED)) {
            if (copy >= 0) {
                ENTRIES.setVolatile(to, copy, 0L);
            }
            entry = (long) ENTRIES.getVolatile(from, i);
            copy = copy(entry, to, i / WAYS);
        }
    }

    /** Where it is now; -1 for none. A bucket is filled from one alone and so has room. */
    private static int copy(long entry, long[] larger, int lowestBits) {
        if (entry == 0) {
            return -1;
        }
        long hash = (entry >>> HASH_SHIFT) << LOWEST_BITS | (lowestBits & ((1 << LOWEST_BITS) - 1));
        int free = bucketOf(larger, hash);
        while ((long) ENTRIES.getVolatile(larger, free) != 0) {
            free++;
        }
        ENTRIES.setVolatile(larger, free, entry);
        return free;
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(long[] table) {
        return entries == table;
    }

    private static int bucketOf(long[] table, long hash) {
        return (int) (hash & (table.length / WAYS - 1)) * WAYS;
    }

    private static boolean isOf(long entry, long hash) {
        return placeOf(entry) != NONE && entry >>> HASH_SHIFT == (hash >>> LOWEST_BITS & HASH_MASK);
    }

    private static int placeOf(long entry) {
        return (int) (entry >>> PLACE_SHIFT) & MAX_PLACE;
    }

    /** Seconds; a clock that was set back a little makes nobody old. */
    private static int ageOf(long entry, int now) {
        int age = (now - (int) entry) & TIME_MASK;
        return age > TIME_MASK - CLOCK_SLACK ? 0 : age;
    }

    private static long entry(long hash, int place, int now) {
        return (hash >>> LOWEST_BITS & HASH_MASK) << HASH_SHIFT | (long) place << PLACE_SHIFT | (now & TIME_MASK);
    }
}
