package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;

/**
 * Copies of datagrams that leave one socket by one call: an array of {@code mmsghdr} of sendmmsg(2), 64-bit layout. For
 * one thread at a time.
 */
public final class SentDatagrams {

    /** Copying a longer one costs more than a call of its own. */
    public static final int MAX_BYTES = 2 << 10;

    private static final int MAX = 32;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final MethodHandle SENDMMSG = Libc.call("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private final MemorySegment state;
    private final MemorySegment headers;
    private final MemorySegment[] addresses = new MemorySegment[MAX];
    private final MemorySegment[] pieces = new MemorySegment[MAX];
    private final MemorySegment copies;
    private int count;

    public SentDatagrams(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
        headers = arena.allocate((long) MAX * MessageHeaders.BYTES, 8);
        copies = arena.allocate((long) MAX * MAX_BYTES, 64);
        for (int i = 0; i < MAX; i++) {
            addresses[i] = arena.allocate(SocketAddresses.MAX_BYTES, 8);
            pieces[i] = arena.allocate(16, 8);
            pieces[i].set(ADDRESS, 0, copies.asSlice((long) i * MAX_BYTES, MAX_BYTES));
            MessageHeaders.set(headers, i, addresses[i], pieces[i]);
        }
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public boolean isFull() {
        return count == MAX;
    }

    /** @param bytes at most {@link #MAX_BYTES} */
    public void add(MemorySegment bytes, InetSocketAddress to) {
        long size = bytes.byteSize();
        MemorySegment.copy(bytes, 0, copies.asSlice((long) count * MAX_BYTES, MAX_BYTES), 0, size);
        pieces[count].set(JAVA_LONG, 8, size);
        var address = SocketAddresses.encode(to, addresses[count]);
        MessageHeaders.setAddressBytes(headers, count, (int) address.byteSize());
        count++;
    }

    /** Sends them in order and forgets them; returns how many the system did not take. */
    public int send(int fd) {
        int refused = 0;
        for (int at = 0; at < count; ) {
            int sent = send(fd, at);
            // The first one that is refused is left out; those behind it may go elsewhere.
            refused += sent > 0 ? 0 : 1;
            at += Math.max(sent, 1);
        }
        count = 0;
        return refused;
    }

    private int send(int fd, int from) {
        try {
            var rest = headers.asSlice((long) from * MessageHeaders.BYTES);
            return (int) SENDMMSG.invokeExact(state, fd, rest, count - from, MSG_NOSIGNAL);
        } catch (Throwable failure) {
            throw Libc.unexpected(failure);
        }
    }
}
