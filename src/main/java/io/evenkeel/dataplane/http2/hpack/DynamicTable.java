package io.evenkeel.dataplane.http2.hpack;

import org.jspecify.annotations.Nullable;

/** The fields of a connection that were named last: RFC 7541 §2.3.2, §4. The newest has the lowest index, 0 here. */
final class DynamicTable {

    /** What a peer may use unless told otherwise: RFC 9113 §6.5.2. */
    static final int MAX_CAPACITY = 4096;

    private static final int MAX_ENTRIES = MAX_CAPACITY / Field.OVERHEAD;
    private static final int INITIAL = 8;

    private @Nullable Field[] ring = new Field[INITIAL];
    private int newest;
    private int count;
    private int size;
    private int capacity = MAX_CAPACITY;

    int count() {
        return count;
    }

    /** In the measure of RFC 7541 §4.1. */
    int size() {
        return size;
    }

    Field get(int index) {
        var field = ring[(newest - index) & (ring.length - 1)];
        if (field == null || index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        return field;
    }

    void capacity(int bytes) {
        capacity = bytes;
        evict(0);
    }

    /** A field that is larger than the table empties it. */
    void add(Field field) {
        evict(field.size());
        if (field.size() > capacity) {
            return;
        }
        if (count == ring.length) {
            grow();
        }
        newest = (newest + 1) & (ring.length - 1);
        ring[newest] = field;
        count++;
        size += field.size();
    }

    private void evict(int wanted) {
        while (count > 0 && size + wanted > capacity) {
            int oldest = (newest - count + 1) & (ring.length - 1);
            size -= get(count - 1).size();
            ring[oldest] = null;
            count--;
        }
    }

    private void grow() {
        @Nullable Field[] larger = new Field[Math.min(2 * ring.length, MAX_ENTRIES)];
        for (int i = 0; i < count; i++) {
            larger[count - 1 - i] = get(i);
        }
        ring = larger;
        newest = count - 1;
    }
}
