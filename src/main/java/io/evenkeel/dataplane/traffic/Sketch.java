package io.evenkeel.dataplane.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Roughly how many different keys one loop saw since somebody last asked: a HyperLogLog of 256 registers (Flajolet and
 * others, 2007), good to about 7 %, and better for few. Written by that loop alone, without lock or barrier.
 */
final class Sketch {

    static final int REGISTERS = 256;

    private static final VarHandle CURRENT;
    private static final VarHandle BYTES = MethodHandles.arrayElementVarHandle(byte[].class);

    private static final int INDEX_BITS = 8;
    /** A rank is 1..57. */
    private static final int RANK_BITS = 6;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(Sketch.class, "registers", byte[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // read and written through CURRENT
    private byte[] registers = new byte[REGISTERS];

    void add(long key) {
        long hash = mix(key);
        int at = (int) (hash >>> (Long.SIZE - INDEX_BITS));
        // The bit that is set ends the count where the hash has no bit left.
        int rank = Long.numberOfLeadingZeros(hash << INDEX_BITS | 1L << (INDEX_BITS - 1)) + 1;
        var into = (byte[]) CURRENT.getAcquire(this);
        if (into[at] < rank) {
            BYTES.setOpaque(into, at, (byte) rank);
        }
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): every bit of the key reaches every bit. */
    private static long mix(long key) {
        long mixed = key + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * Merges what was added since the last call into {@code sum}, for one reader. A key that is added just now may be
     * missing from this and the next.
     */
    void takeInto(byte[] sum) {
        var taken = (byte[]) CURRENT.getAndSet(this, new byte[REGISTERS]);
        for (int i = 0; i < REGISTERS; i++) {
            sum[i] = (byte) Math.max(sum[i], (byte) BYTES.getOpaque(taken, i));
        }
    }

    /** The registers that hold something, ascending: {@code index * 64 + rank}. Of two of an index the larger one counts. */
    static List<Integer> entries(byte[] sum) {
        var entries = new ArrayList<Integer>();
        for (int i = 0; i < sum.length; i++) {
            if (sum[i] != 0) {
                entries.add(i << RANK_BITS | sum[i]);
            }
        }
        return entries;
    }
}
