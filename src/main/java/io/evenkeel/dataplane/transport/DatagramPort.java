package io.evenkeel.dataplane.transport;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** One loop's UDP socket of a bound address. Only its loop's thread may touch it. */
public interface DatagramPort {

    EventLoop loop();

    InetSocketAddress localAddress();

    /**
     * Sends one datagram from the bound address; the segment may be reused on return.
     *
     * <p>It may leave together with others at the end of the loop's turn; what is thrown away then is told by
     * {@link Handler#onRefused}.
     *
     * @return false when it was thrown away, because the system takes no more now or the port is closed
     */
    boolean send(MemorySegment bytes, InetSocketAddress to);

    /**
     * What happens at a port. Called on its loop only, never from within a call. One that throws is not called again
     * for that datagram; nothing else is disturbed.
     */
    interface Handler {

        /** A datagram arrived. The segment is off-heap, read-only, may be empty, and is valid only during this call. */
        void onDatagram(InetSocketAddress from, MemorySegment bytes);

        /** The system did not take so many of the datagrams that were sent: they are thrown away. */
        default void onRefused(int count) {}

        /** The port was closed: the last call, exactly once. */
        void onClosed();
    }

    /** Makes the handler of each loop's socket; called on that loop. */
    @FunctionalInterface
    interface Opener {
        Handler open(DatagramPort port);
    }
}
