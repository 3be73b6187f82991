package io.evenkeel.dataplane.balancing;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A consistent-hashing table as in Eisenbud et al., "Maglev", NSDI 2016, section 3.4. Depends on the set of ids alone,
 * not on their order. Immutable, shared by loops, kept while members come and go from health.
 *
 * <p>It has at least 100 slots per member, most often 128 or more. The size grows in steps of two, because every other size is another
 * mapping: sized to the member, the table would move all clients whenever one member joins.
 */
final class MaglevTable {

    private static final int SMALLEST = 1_021;
    private static final int SLOTS_PER_MEMBER = 128;
    /** So many members have a table of two megabytes either way; beyond, the next larger one would leave the caches. */
    private static final int MANY = 8_000;
    /** What the paper finds enough. */
    private static final int SLOTS_PER_MEMBER_OF_MANY = 100;

    private static final int FREE = Character.MAX_VALUE;

    private final char[] slots;

    /** @param members which of the candidates take part, as indexes into ids */
    MaglevTable(List<UUID> ids, int[] members) {
        if (ids.size() >= FREE) {
            throw new IllegalArgumentException("too many members for source IP: " + ids.size());
        }
        slots = new char[members.length == 0 ? 0 : sizeFor(members.length)];
        fill(
                IntStream.of(members)
                        .boxed()
                        .sorted(Comparator.comparing(ids::get))
                        .mapToInt(Integer::intValue)
                        .toArray(),
                ids);
    }

    static int sizeFor(int members) {
        int least = SMALLEST;
        int each = members > MANY ? SLOTS_PER_MEMBER_OF_MANY : SLOTS_PER_MEMBER;
        while (least < each * members) {
            least *= 2;
        }
        return BigInteger.valueOf(least - 1L).nextProbablePrime().intValueExact();
    }

    private void fill(int[] members, List<UUID> ids) {
        Arrays.fill(slots, (char) FREE);
        int[] next = new int[members.length];
        int[] skips = new int[members.length];
        for (int i = 0; i < members.length; i++) {
            var id = ids.get(members[i]);
            long hash = mix(mix(id.getMostSignificantBits()) ^ id.getLeastSignificantBits());
            next[i] = (int) Long.remainderUnsigned(hash, slots.length);
            skips[i] = (int) Long.remainderUnsigned(mix(hash), slots.length - 1L) + 1;
        }
        for (int filled = 0, i = 0; filled < slots.length; filled++) {
            int slot = next[i];
            while (slots[slot] != FREE) {
                slot = after(slot, skips[i]);
            }
            slots[slot] = (char) members[i];
            next[i] = after(slot, skips[i]);
            i = i + 1 == members.length ? 0 : i + 1;
        }
    }

    private int after(int slot, int skip) {
        int next = slot + skip;
        return next >= slots.length ? next - slots.length : next;
    }

    int size() {
        return slots.length;
    }

    int memberAt(int slot) {
        return slots[slot];
    }

    int slotOf(long hash) {
        return (int) (((hash >>> 32) * slots.length) >>> 32);
    }

    /** A bijection that spreads every bit over all (the finalizer of SplitMix64). */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
