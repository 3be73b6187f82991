package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An array of {@code epoll_event}, see epoll_ctl(2): packed on x86-64, padded elsewhere. */
public final class EpollEvents {

    public static final int IN = 0x1;
    /** Urgent data, see tcp(7). */
    public static final int PRIORITY = 0x2;

    public static final int OUT = 0x4;
    public static final int ERROR = 0x8;
    public static final int HANGUP = 0x10;
    public static final int PEER_ENDED = 0x2000;
    public static final int EDGE = 1 << 31;

    private static final boolean IS_PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int DATA_AT = IS_PACKED ? 4 : 8;
    private static final int BYTES = DATA_AT + 8;

    private final int count;
    private final MemorySegment segment;

    public EpollEvents(Arena arena, int count) {
        this.count = count;
        this.segment = arena.allocate((long) count * BYTES, 8);
    }

    /** How many there is room for. */
    public int count() {
        return count;
    }

    public int events(int index) {
        return segment.get(JAVA_INT_UNALIGNED, (long) index * BYTES);
    }

    /** What was given when the descriptor was added. */
    public long key(int index) {
        return segment.get(JAVA_LONG_UNALIGNED, (long) index * BYTES + DATA_AT);
    }

    public void set(int index, int events, long key) {
        segment.set(JAVA_INT_UNALIGNED, (long) index * BYTES, events);
        segment.set(JAVA_LONG_UNALIGNED, (long) index * BYTES + DATA_AT, key);
    }

    MemorySegment segment() {
        return segment;
    }
}
