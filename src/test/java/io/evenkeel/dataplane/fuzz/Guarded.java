package io.evenkeel.dataplane.fuzz;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Off-heap bytes between others that do not belong to them. What reads them twice, with other neighbours each time, and
 * says the same, has not looked beyond; what leaves the neighbours as they were has not written there.
 */
public final class Guarded {

    private static final int MARGIN = 64;

    private final MemorySegment memory;
    private int size;
    private byte neighbour;

    public Guarded(int capacity) {
        memory = Arena.ofAuto().allocate(capacity + 2L * MARGIN, 64);
    }

    /** Holds these bytes from now on. */
    public void place(byte[] bytes, int start, int end, byte neighbour) {
        this.neighbour = neighbour;
        size = end - start;
        memory.asSlice(0, MARGIN).fill(neighbour);
        MemorySegment.copy(bytes, start, memory, ValueLayout.JAVA_BYTE, MARGIN, size);
        memory.asSlice(MARGIN + size, MARGIN).fill(neighbour);
    }

    public MemorySegment memory() {
        return memory;
    }

    /** Where the bytes begin. */
    public int from() {
        return MARGIN;
    }

    /** Where they end. */
    public int to() {
        return MARGIN + size;
    }

    public void requireNeighboursUntouched() {
        for (int i = 0; i < MARGIN; i++) {
            if (memory.get(ValueLayout.JAVA_BYTE, i) != neighbour
                    || memory.get(ValueLayout.JAVA_BYTE, to() + i) != neighbour) {
                throw new AssertionError("A byte was written that does not belong to the input");
            }
        }
    }
}
