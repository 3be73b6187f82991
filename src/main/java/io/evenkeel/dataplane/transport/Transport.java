package io.evenkeel.dataplane.transport;

import java.net.InetSocketAddress;
import java.util.List;

/** The sockets of a worker. Everything but the callbacks may be called from any thread. */
public interface Transport extends AutoCloseable {

    /** The event loops, in order of {@link EventLoop#index()}. */
    List<EventLoop> loops();

    /**
     * Listens on the address on every loop (one socket a loop by {@code SO_REUSEPORT} where the system has it).
     *
     * @param acceptor asked on the accepting loop for the handler of each new connection
     * @throws CannotListenException when the address cannot be bound; then no loop listens
     */
    ListeningPort listen(InetSocketAddress address, Acceptor acceptor) throws CannotListenException;

    /**
     * Takes UDP datagrams at the address on every loop, like {@link #listen}: a client's go to one and the same loop as
     * long as the port is open.
     *
     * @throws CannotListenException when the address cannot be bound; then no loop has it
     */
    ListeningPort bind(InetSocketAddress address, DatagramPort.Opener opener) throws CannotListenException;

    /** Closes every connection and port and ends the loops. */
    @Override
    void close();

    /** Makes the handler of an accepted connection; called on the connection's loop, which it may use already. */
    @FunctionalInterface
    interface Acceptor {
        ConnectionHandler accept(Connection connection);

        /**
         * Whether a client sends before it is sent anything. A connection may then be accepted with its first bytes; one
         * that stays silent is accepted within some seconds, and is reset instead when the port closes before.
         */
        default boolean clientSpeaksFirst() {
            return false;
        }
    }

    /**
     * A bound port. Closing it serves what had connected, takes no new connections and leaves the accepted ones alone;
     * datagrams that wait are lost. Unless closed on an event loop, the address is free on return.
     */
    interface ListeningPort extends AutoCloseable {
        InetSocketAddress localAddress();

        @Override
        void close();
    }
}
