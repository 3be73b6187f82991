package io.evenkeel.dataplane.transport;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** A TCP connection. Only its loop's thread may touch it. */
public interface Connection {

    EventLoop loop();

    InetSocketAddress remoteAddress();

    InetSocketAddress localAddress();

    /**
     * Sends the bytes, or keeps a copy of what the socket does not take yet: the segment may be reused on return.
     * Nothing leaves before {@link #flush()}. Writing on a closed connection does nothing.
     */
    void write(MemorySegment bytes);

    void flush();

    /** False while too much waits to be sent; {@link ConnectionHandler#onWritable} tells when it turns true. */
    boolean isWritable();

    /** No more {@code onData} until {@link #resumeReading()}. End of input is held back likewise. */
    void pauseReading();

    void resumeReading();

    /** Sends FIN after what was written. The other direction stays open. */
    void shutdownOutput();

    /** Closes after sending what was written. */
    void close();

    /** Closes at once with RST. */
    void reset();

    boolean isOpen();
}
