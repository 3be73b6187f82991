package io.evenkeel.dataplane.http.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An off-heap buffer filled from its start. For one thread at a time. Filling it beyond its capacity throws. */
public final class Block {

    private final MemorySegment segment;
    private final int capacity;
    private int size;

    /** One that belongs to no pool: it is freed when nobody refers to it any more. */
    public Block(int capacity) {
        this.segment = Arena.ofAuto().allocate(capacity);
        this.capacity = capacity;
    }

    public int size() {
        return size;
    }

    public int capacity() {
        return capacity;
    }

    /** How many bytes still fit. */
    public int room() {
        return capacity - size;
    }

    /** The whole memory; only the first {@link #size()} bytes mean something. */
    public MemorySegment segment() {
        return segment;
    }

    /** The bytes filled so far; valid until the block goes back to its pool. */
    public MemorySegment filled() {
        return segment.asSlice(0, size);
    }

    public Block append(MemorySegment source, long from, long to) {
        MemorySegment.copy(source, from, segment, size, to - from);
        size += (int) (to - from);
        return this;
    }

    public Block append(byte[] bytes) {
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** The first bytes of the array, so many. */
    public Block append(byte[] bytes, int length) {
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, size, length);
        size += length;
        return this;
    }

    public Block append(Bytes bytes) {
        if (bytes.size() == 0) {
            return this;
        }
        MemorySegment.copy(bytes.array(), 0, segment, ValueLayout.JAVA_BYTE, size, bytes.size());
        size += bytes.size();
        return this;
    }

    public Block append(char ascii) {
        segment.set(ValueLayout.JAVA_BYTE, size++, (byte) ascii);
        return this;
    }

    /** Forgets the first bytes and moves the rest to the start. */
    public void dropFirst(int count) {
        MemorySegment.copy(segment, count, segment, 0, size - count);
        size -= count;
    }

    public void clear() {
        size = 0;
    }
}
