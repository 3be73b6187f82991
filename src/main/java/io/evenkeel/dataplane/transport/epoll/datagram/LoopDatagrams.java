package io.evenkeel.dataplane.transport.epoll.datagram;

import io.evenkeel.dataplane.transport.DatagramPeer;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.epoll.linux.DatagramCalls;
import io.evenkeel.dataplane.transport.epoll.linux.ReceivedDatagrams;
import io.evenkeel.dataplane.transport.epoll.linux.SentDatagrams;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.turn.LoopCalls;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the UDP sockets of one loop share. For the loop's thread, but for {@link #loop}. */
public final class LoopDatagrams {

    private static final Logger log = LoggerFactory.getLogger(LoopDatagrams.class);

    // No datagram is longer than 65,507 bytes.
    private static final int BUFFER_BYTES = 64 << 10;

    private final EventLoop loop;
    private final LoopCalls loopCalls;
    private final Poller poller;
    private final Sockets sockets;
    private final Arena arena;
    private final DatagramCalls calls;
    private final SentDatagrams outgoing;
    private @Nullable PortSide outgoingFrom;
    private @Nullable ReceivedDatagrams received;
    private final MemorySegment readBuffer;
    private final MemorySegment readOnly;
    private final MemorySegment copy;
    private MemorySegment lastRead;

    public LoopDatagrams(EventLoop loop, LoopCalls loopCalls, Poller poller, Sockets sockets, Arena arena) {
        this.loop = loop;
        this.loopCalls = loopCalls;
        this.poller = poller;
        this.sockets = sockets;
        this.arena = arena;
        calls = new DatagramCalls(arena);
        outgoing = new SentDatagrams(arena);
        readBuffer = arena.allocate(BUFFER_BYTES, 64);
        readOnly = readBuffer.asReadOnly();
        lastRead = readOnly;
        copy = arena.allocate(BUFFER_BYTES, 64);
    }

    public DatagramPeer connect(InetSocketAddress target, DatagramPeer.Handler handler) throws IOException {
        return EpollPeer.open(this, target, handler);
    }

    EventLoop loop() {
        return loop;
    }

    /** For other threads. */
    LoopCalls loopCalls() {
        return loopCalls;
    }

    Poller poller() {
        return poller;
    }

    Sockets sockets() {
        return sockets;
    }

    DatagramCalls calls() {
        return calls;
    }

    /** Where ports receive; a megabyte, so not there before the first port is. */
    ReceivedDatagrams received() {
        if (received == null) {
            received = new ReceivedDatagrams(arena);
        }
        return received;
    }

    /** Sends it at the end of the turn, together with others of the port. */
    void sendSoon(PortSide from, MemorySegment bytes, InetSocketAddress to) {
        if (outgoingFrom != from || outgoing.isFull()) {
            flush();
        }
        if (outgoing.isEmpty()) {
            outgoingFrom = from;
            loop.execute(this::flush);
        }
        outgoing.add(bytes, to);
    }

    /** Sends what waits for the end of the turn. */
    void flush() {
        var from = outgoingFrom;
        if (from != null) {
            outgoingFrom = null;
            from.send(outgoing);
        }
    }

    MemorySegment readBuffer() {
        return readBuffer;
    }

    /** The first bytes of the read buffer, to be looked at only. Datagrams of one size share one segment. */
    MemorySegment read(long count) {
        if (lastRead.byteSize() != count) {
            lastRead = readOnly.asSlice(0, count);
        }
        return lastRead;
    }

    /** The bytes where the system can read them; too many for a datagram are cut off one after what it would take. */
    MemorySegment sendable(MemorySegment bytes) {
        if (bytes.isNative()) {
            return bytes;
        }
        long size = Math.min(bytes.byteSize(), BUFFER_BYTES);
        MemorySegment.copy(bytes, 0, copy, 0, size);
        return copy.asSlice(0, size);
    }

    static void runLogged(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("The handler of a datagram failed");
        }
    }
}
