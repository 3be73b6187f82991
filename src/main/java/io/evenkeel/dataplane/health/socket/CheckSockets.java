package io.evenkeel.dataplane.health.socket;

import io.evenkeel.dataplane.transport.epoll.EpollTransport;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Sockets of one thread, and the wait for them. All methods but {@link #wakeUp} are that thread's. */
public sealed interface CheckSockets extends AutoCloseable permits EpollSockets, ChannelSockets {

    /** What is called when a socket may be able to go on. */
    @FunctionalInterface
    interface Watcher {
        void onReady();
    }

    enum Kind {
        /** Our own, where {@link EpollTransport#whyNot} has nothing to say. */
        EPOLL,
        /** The JDK's. */
        CHANNELS;

        public CheckSockets open() throws IOException {
            return switch (this) {
                case EPOLL -> new EpollSockets();
                case CHANNELS -> new ChannelSockets();
            };
        }
    }

    /** Those that cost least of what this process can have. */
    static CheckSockets open() throws IOException {
        return (EpollTransport.whyNot().isEmpty() ? Kind.EPOLL : Kind.CHANNELS).open();
    }

    /** A TCP socket, not connected yet, that sends RST when it is closed. */
    CheckSocket stream(InetSocketAddress peer, Watcher watcher) throws IOException;

    /** A UDP socket, not connected yet. */
    CheckSocket datagrams(InetSocketAddress peer, Watcher watcher) throws IOException;

    /**
     * Waits until a socket is ready, {@link #wakeUp} was called since the last wait, or the time is over.
     *
     * @param nanos rounded up to milliseconds; 0 and less: only looks
     */
    void await(long nanos) throws IOException;

    /** Calls the watchers of what the wait found. */
    void tell();

    /** Ends a wait; by any thread. */
    void wakeUp();

    /** Sockets that are still open are the owner's to close before. */
    @Override
    void close();
}
