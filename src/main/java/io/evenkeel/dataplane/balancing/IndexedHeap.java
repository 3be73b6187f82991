package io.evenkeel.dataplane.balancing;

import java.util.Arrays;

/** A 4-ary heap of items 0 to n − 1 by key, smallest first, that knows where each item is. */
final class IndexedHeap {

    private static final int ABSENT = -1;

    private final long[] keys;
    private final int[] items;
    private final int[] places;

    private int size;

    IndexedHeap(int capacity) {
        keys = new long[capacity];
        items = new int[capacity];
        places = new int[capacity];
        Arrays.fill(places, ABSENT);
    }

    void add(int item, long key) {
        siftUp(size++, item, key);
    }

    boolean contains(int item) {
        return places[item] != ABSENT;
    }

    int top() {
        return items[0];
    }

    /**
     * The item with the smallest key among the others, or {@link Picker#NONE}. All above it are excluded, so it looks at
     * no more than four for each of those and the top.
     */
    int topExcept(int[] excluded) {
        int place = smallestExcept(0, excluded);
        return place == ABSENT ? Picker.NONE : items[place];
    }

    private int smallestExcept(int from, int[] excluded) {
        if (!Excluded.contains(excluded, items[from])) {
            return from;
        }
        int best = ABSENT;
        int end = Math.min(4 * from + 5, size);
        for (int child = 4 * from + 1; child < end; child++) {
            int place = smallestExcept(child, excluded);
            if (place != ABSENT && (best == ABSENT || keys[place] < keys[best])) {
                best = place;
            }
        }
        return best;
    }

    void change(int item, long key) {
        int place = places[item];
        if (key < keys[place]) {
            siftUp(place, item, key);
        } else {
            siftDown(place, item, key);
        }
    }

    private void siftUp(int from, int item, long key) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >> 2;
            if (keys[parent] <= key) {
                break;
            }
            put(place, items[parent], keys[parent]);
            place = parent;
        }
        put(place, item, key);
    }

    private void siftDown(int from, int item, long key) {
        int place = from;
        while (4 * place + 1 < size) {
            int child = smallest(4 * place + 1);
            if (keys[child] >= key) {
                break;
            }
            put(place, items[child], keys[child]);
            place = child;
        }
        put(place, item, key);
    }

    /** The place of the smallest key among up to four siblings. */
    private int smallest(int first) {
        int best = first;
        int end = Math.min(first + 4, size);
        for (int place = first + 1; place < end; place++) {
            if (keys[place] < keys[best]) {
                best = place;
            }
        }
        return best;
    }

    private void put(int place, int item, long key) {
        keys[place] = key;
        items[place] = item;
        places[item] = place;
    }
}
