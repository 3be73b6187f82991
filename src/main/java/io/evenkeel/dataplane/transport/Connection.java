package io.evenkeel.dataplane.transport;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection. Only its loop's thread may touch it. When both directions have ended, the peer's by
 * {@link ConnectionHandler#onEndOfInput} and ours by {@link #shutdownOutput}, it closes by itself.
 */
public interface Connection {

    EventLoop loop();

    InetSocketAddress remoteAddress();

    InetSocketAddress localAddress();

    /** What TLS agreed on; null on a connection without TLS. */
    default @Nullable TlsFacts tls() {
        return null;
    }

    /**
     * Sends the bytes, or keeps a copy of what the socket does not take yet: the segment may be reused on return.
     * Nothing leaves before {@link #flush()}. Writing on a closed connection does nothing.
     */
    void write(MemorySegment bytes);

    void flush();

    /** False while too much waits to be sent; {@link ConnectionHandler#onWritable} tells when it turns true. */
    boolean isWritable();

    /**
     * Says that the handler does nothing with the bytes that come next but write them to that connection, of the same
     * loop. A transport that can may then move them itself: the handler hears {@link ConnectionHandler#onSpliced} for
     * them, and only for the others {@code onData}. Their order is kept, and what is written to that connection after
     * them goes after them. Holds until it is said again.
     *
     * @param bytes how many of those that come next
     */
    void allowSplice(Connection to, long bytes);

    /**
     * No more {@code onData} until {@link #resumeReading()}. End of input is held back likewise, and a reset by the peer
     * may be: some systems tell of it only to those who read or write.
     */
    void pauseReading();

    void resumeReading();

    /** Sends FIN after what was written. The other direction stays open. */
    void shutdownOutput();

    /**
     * Closes after sending what was written; what the peer sends meanwhile is thrown away. A peer that takes nothing
     * keeps it waiting: {@link #reset} ends that. Where the peer may be sending still, {@link #shutdownOutput} and wait
     * for its end, else the system answers it with RST, which may overtake what was written last.
     */
    void close();

    /** Closes at once with RST. */
    void reset();

    boolean isOpen();
}
