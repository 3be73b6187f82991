package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * Datagrams received by one call, each with its sender: an array of {@code mmsghdr} of recvmmsg(2), 64-bit layout.
 * Results as in {@link Libc}. For one thread at a time.
 */
public final class ReceivedDatagrams {

    /** How many may come by one call. */
    public static final int MAX = 16;

    private static final MethodHandle RECVMMSG =
            Libc.call("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);

    // No datagram is longer than 65,507 bytes.
    private static final int BUFFER_BYTES = 64 << 10;
    // Buffers that begin a power of two apart would share the same few lines of the processor's cache.
    private static final int BUFFER_DISTANCE = BUFFER_BYTES + 64;

    private final MemorySegment state;
    private final MemorySegment headers;
    private final MemorySegment[] senders = new MemorySegment[MAX];
    private final MemorySegment[] buffers = new MemorySegment[MAX];
    private final MemorySegment[] last = new MemorySegment[MAX];
    private final AddressCache known = new AddressCache();
    private int count;

    public ReceivedDatagrams(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
        headers = arena.allocate((long) MAX * MessageHeaders.BYTES, 8);
        var memory = arena.allocate((long) MAX * BUFFER_DISTANCE, 64);
        for (int i = 0; i < MAX; i++) {
            var buffer = memory.asSlice((long) i * BUFFER_DISTANCE, BUFFER_BYTES);
            var piece = arena.allocate(16, 8);
            piece.set(ADDRESS, 0, buffer);
            piece.set(JAVA_LONG, 8, BUFFER_BYTES);
            senders[i] = arena.allocate(SocketAddresses.MAX_BYTES, 8);
            buffers[i] = buffer.asReadOnly();
            last[i] = buffers[i];
            MessageHeaders.set(headers, i, senders[i], piece);
        }
    }

    /** Takes what has arrived, up to {@link #MAX} datagrams; returns how many, or the negated errno. */
    public int receive(int fd) {
        for (int i = 0; i < count; i++) {
            MessageHeaders.setAddressBytes(headers, i, SocketAddresses.MAX_BYTES);
        }
        count = 0;
        try {
            int result = (int) RECVMMSG.invokeExact(state, fd, headers, MAX, 0, MemorySegment.NULL);
            count = Math.max(result, 0);
            return result >= 0 ? result : -state.get(JAVA_INT, Libc.ERRNO_AT);
        } catch (Throwable failure) {
            throw Libc.unexpected(failure);
        }
    }

    /** Who sent the datagram. */
    public InetSocketAddress sender(int index) {
        return known.decode(senders[Objects.checkIndex(index, count)]);
    }

    /** The datagram, to be looked at until the next ones are received. */
    public MemorySegment bytes(int index) {
        long size = MessageHeaders.count(headers, Objects.checkIndex(index, count));
        if (last[index].byteSize() != size) {
            last[index] = buffers[index].asSlice(0, size);
        }
        return last[index];
    }
}
