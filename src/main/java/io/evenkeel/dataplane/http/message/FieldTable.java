package io.evenkeel.dataplane.http.message;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Where the fields of a head stand, in bytes from the head's first. */
final class FieldTable {

    static final int MAX_FIELDS = 128;
    private static final int INITIAL = 16;
    private static final int WIDTH = 5;

    private int[] places = new int[INITIAL * WIDTH];
    private KnownField[] known = new KnownField[INITIAL];
    private boolean[] dropped = new boolean[INITIAL];
    private int count;
    private boolean hasDropped;

    void clear() {
        count = 0;
        hasDropped = false;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == MAX_FIELDS;
    }

    void begin(int nameStart) {
        if (count == known.length) {
            int larger = count * 2;
            places = Arrays.copyOf(places, larger * WIDTH);
            known = Arrays.copyOf(known, larger);
            dropped = Arrays.copyOf(dropped, larger);
        }
        places[count * WIDTH] = nameStart;
        known[count] = KnownField.OTHER;
        dropped[count] = false;
        count++;
    }

    void endName(int at) {
        places[(count - 1) * WIDTH + 1] = at;
    }

    void beginValue(int at) {
        places[(count - 1) * WIDTH + 2] = at;
    }

    void endValue(int at) {
        places[(count - 1) * WIDTH + 3] = at;
        places[(count - 1) * WIDTH + 4] = at + 2;
    }

    int nameStart(int field) {
        return places[field * WIDTH];
    }

    int nameEnd(int field) {
        return places[field * WIDTH + 1];
    }

    int valueStart(int field) {
        return places[field * WIDTH + 2];
    }

    int valueEnd(int field) {
        return places[field * WIDTH + 3];
    }

    /** After the line's LF. */
    int lineEnd(int field) {
        return places[field * WIDTH + 4];
    }

    KnownField known(int field) {
        return known[field];
    }

    boolean isDropped(int field) {
        return dropped[field];
    }

    boolean hasDropped() {
        return hasDropped;
    }

    void drop(int field) {
        dropped[field] = true;
        hasDropped = true;
    }

    /** With the head complete: cuts white space after values and finds out which fields are known. */
    void finish(MemorySegment head, int base) throws RefusedException {
        for (int field = 0; field < count; field++) {
            int end = valueEnd(field);
            while (end > valueStart(field) && Ascii.isSpace(Ascii.at(head, base + end - 1))) {
                end--;
            }
            places[field * WIDTH + 3] = end;
            known[field] = KnownField.of(head, base + nameStart(field), base + nameEnd(field));
            if (known[field].framesTheMessage()) {
                refuseUnderscore(head, base + nameStart(field), base + nameEnd(field));
            }
        }
    }

    private static void refuseUnderscore(MemorySegment head, int start, int end) throws RefusedException {
        for (int i = start; i < end; i++) {
            if (Ascii.at(head, i) == '_') {
                throw RefusedException.malformed("ambiguous field name");
            }
        }
    }
}
