package io.evenkeel.dataplane.http.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Bytes on the heap, used again and again; grows as needed. For one thread at a time. */
public final class Bytes {

    private static final int INITIAL = 256;

    private byte[] array = new byte[INITIAL];
    private int size;

    /** Only the first {@link #size()} mean something; another one after each append. */
    public byte[] array() {
        return array;
    }

    public int size() {
        return size;
    }

    public byte at(int index) {
        return array[index];
    }

    public void set(int index, byte value) {
        array[index] = value;
    }

    public Bytes clear() {
        size = 0;
        return this;
    }

    /** Forgets what stands behind the first so many. */
    public void truncate(int newSize) {
        size = newSize;
    }

    public Bytes append(byte value) {
        ensure(1);
        array[size++] = value;
        return this;
    }

    public Bytes append(byte[] bytes) {
        return append(bytes, 0, bytes.length);
    }

    public Bytes append(byte[] bytes, int from, int to) {
        ensure(to - from);
        System.arraycopy(bytes, from, array, size, to - from);
        size += to - from;
        return this;
    }

    public Bytes append(Bytes other) {
        return append(other.array, 0, other.size);
    }

    public Bytes append(MemorySegment bytes, int from, int to) {
        ensure(to - from);
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, array, size, to - from);
        size += to - from;
        return this;
    }

    public boolean isSame(byte[] other) {
        return Arrays.equals(array, 0, size, other, 0, other.length);
    }

    private void ensure(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, size + more));
        }
    }
}
