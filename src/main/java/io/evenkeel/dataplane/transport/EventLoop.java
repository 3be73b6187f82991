package io.evenkeel.dataplane.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A thread with its connections. All callbacks of a connection come on the thread of its loop. */
public interface EventLoop {

    /** 0 up to, not including, the number of loops. */
    int index();

    boolean isCurrentThread();

    /** Runs the task on this loop, soon, in order of submission. May be called from any thread. */
    void execute(Runnable task);

    /** Runs the task on this loop after the delay, unless cancelled. To be called on this loop. */
    Timer schedule(Duration delay, Runnable task);

    /** A clock reading of this turn of the loop, comparable like {@link System#nanoTime()}. */
    long nanoTime();

    /**
     * Connects, on this loop. The handler hears {@link ConnectionHandler#onConnected} or
     * {@link ConnectionHandler#onConnectFailed}, never both, and never before this method has returned.
     */
    void connect(InetSocketAddress target, Duration timeout, ConnectionHandler handler);

    /**
     * Opens a UDP socket to the target, on this loop. To be called on this loop.
     *
     * @throws IOException when there is no descriptor, no local port or no route for it
     */
    DatagramPeer connectDatagrams(InetSocketAddress target, DatagramPeer.Handler handler) throws IOException;

    /** A scheduled task; cancelling one that ran or was cancelled does nothing. */
    interface Timer {
        void cancel();
    }
}
