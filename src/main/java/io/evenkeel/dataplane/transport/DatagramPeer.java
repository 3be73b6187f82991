package io.evenkeel.dataplane.transport;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * A UDP socket of its own for one remote address: hears that address alone, and what the network says of it. Only its
 * loop's thread may touch it.
 */
public interface DatagramPeer {

    InetSocketAddress remoteAddress();

    /**
     * Sends one datagram; the segment may be reused on return.
     *
     * @return false when it was thrown away, because the system takes no more now or the socket is closed
     */
    boolean send(MemorySegment bytes);

    /** Closes at once. The handler hears nothing any more. */
    void close();

    /** What happens to it. Called on the loop only, never from within a call. */
    interface Handler {

        /** A datagram arrived. The segment is off-heap, read-only, may be empty, and is valid only during this call. */
        void onDatagram(MemorySegment bytes);

        /** The network told that what was sent did not arrive: nobody has the port, or the host cannot be reached. */
        void onUnreachable(IOException cause);
    }
}
