package io.evenkeel.dataplane.stickiness;

import java.util.Arrays;

/** Where each of some numbers stands in their list. Immutable; asking allocates nothing. */
public final class LongIndex {

    public static final int NONE = -1;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long[] keys;
    private final int[] places;
    private final int shift;

    /** @param keys of equal ones the first is found */
    public LongIndex(long... keys) {
        int bits = Integer.SIZE + 1 - Integer.numberOfLeadingZeros(Math.max(1, keys.length));
        this.keys = keys.clone();
        this.shift = 64 - bits;
        places = new int[1 << bits];
        Arrays.fill(places, NONE);
        for (int i = 0; i < keys.length; i++) {
            int slot = slotOf(keys[i]);
            if (places[slot] == NONE) {
                places[slot] = i;
            }
        }
    }

    /** Its place in the list, or {@link #NONE}. */
    public int find(long key) {
        return places[slotOf(key)];
    }

    /** Where the key is, or the free slot where it would be. */
    private int slotOf(long key) {
        int slot = (int) ((key * GOLDEN) >>> shift);
        while (places[slot] != NONE && keys[places[slot]] != key) {
            slot = slot + 1 == places.length ? 0 : slot + 1;
        }
        return slot;
    }
}
