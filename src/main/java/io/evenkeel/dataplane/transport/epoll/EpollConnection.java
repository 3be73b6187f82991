package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.transport.epoll.linux.EpollEvents;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.SocketAddresses;
import io.evenkeel.dataplane.transport.epoll.turn.EndOfTurn;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is connected, and its handler. It is registered once, for every kind of event, and is closed at the end
 * of the turn in which it ended.
 */
final class EpollConnection implements Connection, Poller.Pollable, EndOfTurn.Waiting {

    private static final long NOT_REGISTERED = -1;

    private final EpollLoop loop;
    private final LoopResources resources;
    private final int fd;
    private final InetSocketAddress remoteAddress;
    private final Input input;
    private final Output output;
    private final HandlerCalls calls;
    private final long bornNanos;
    private long key = NOT_REGISTERED;
    private @Nullable InetSocketAddress localAddress;
    private @Nullable IOException cause;
    private boolean isOutputEnding;
    private boolean isOutputEnded;
    private boolean isClosing;
    private boolean isGone;
    private boolean isInLine;

    private EpollConnection(EpollLoop loop, int fd, InetSocketAddress remoteAddress, boolean isAccepted) {
        this.loop = loop;
        this.resources = loop.resources();
        this.fd = fd;
        this.remoteAddress = remoteAddress;
        this.bornNanos = loop.nanoTime();
        this.input = new Input(this, resources, isAccepted);
        this.output = new Output(this, resources, isAccepted);
        this.calls = new HandlerCalls(this, resources.stage());
    }

    /**
     * Serves an accepted socket. It is registered when it needs events, or soon: many are over before, and registering
     * one costs as much as sending on it.
     */
    static void accepted(EpollLoop loop, int fd, InetSocketAddress remoteAddress, Transport.Acceptor acceptor) {
        var connection = new EpollConnection(loop, fd, remoteAddress, true);
        connection.calls.accept(acceptor);
        connection.input.read();
        if (!connection.isGone && connection.key == NOT_REGISTERED) {
            loop.registerSoon(connection);
        }
    }

    /** Serves a socket that this side connected and registered. */
    static EpollConnection connected(
            EpollLoop loop, int fd, long key, InetSocketAddress target, ConnectionHandler handler) {
        var connection = new EpollConnection(loop, fd, target, false);
        connection.key = key;
        loop.poller().replace(key, connection);
        connection.calls.connected(handler);
        return connection;
    }

    int fd() {
        return fd;
    }

    long bornNanos() {
        return bornNanos;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        if (localAddress == null) {
            if (isGone) {
                return SocketAddresses.UNKNOWN;
            }
            localAddress = resources.sockets().localAddress(fd);
        }
        return localAddress;
    }

    @Override
    public void write(MemorySegment bytes) {
        if (bytes.byteSize() > 0 && !isOutputEnding && isOpen()) {
            output.write(bytes);
        }
    }

    @Override
    public void flush() {
        if (isOpen()) {
            output.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return isOpen() && !isOutputEnding && !output.isTooFull();
    }

    @Override
    public void pauseReading() {
        if (isOpen()) {
            input.pause();
        }
    }

    @Override
    public void resumeReading() {
        if (isOpen()) {
            input.resume();
        }
    }

    @Override
    public void allowSplice(Connection to, long bytes) {
        if (isOpen() && to instanceof EpollConnection sink && sink.loop == loop) {
            input.allow(new Passage(this, sink, resources.pipes(), bytes));
        }
    }

    @Override
    public void shutdownOutput() {
        if (!isOutputEnding && isOpen()) {
            isOutputEnding = true;
            output.flushLast();
            onDrained();
        }
    }

    @Override
    public void close() {
        if (isOpen()) {
            isClosing = true;
            // So that the peer's reset is noticed and its sending not blocked.
            input.resume();
            output.flushLast();
            onDrained();
        }
    }

    @Override
    public void reset() {
        if (!isGone) {
            resources.sockets().resetOnClose(fd);
            drop();
        }
    }

    @Override
    public boolean isOpen() {
        return !isClosing && !isGone;
    }

    Output output() {
        return output;
    }

    /** Whether another connection's input may go to this one without being written. */
    boolean takesSpliced() {
        return isOpen() && !isOutputEnding && output.takesSpliced();
    }

    boolean isGone() {
        return isGone;
    }

    /** Ends the connection because it broke. What was found first stays the cause. */
    void fail(IOException why) {
        if (!isGone) {
            cause = why;
            reset();
        }
    }

    void failBySocketError() {
        int errno = resources.sockets().takeError(fd);
        if (errno != 0) {
            fail(Errno.toException(errno == Errno.EPIPE ? Errno.ECONNRESET : errno, "from " + remoteAddress));
        }
    }

    /** Without RST, because the transport ends. */
    @Override
    public void end() {
        if (!isGone) {
            cause = new IOException("The transport was closed");
            drop();
        }
    }

    /** This connection has something to do at the end of the turn, or in the next one if it says so there. */
    void later() {
        if (!isInLine) {
            isInLine = true;
            resources.endOfTurn().add(this);
        }
    }

    /** This connection has more to read than others are to wait for. */
    void laterInBulk() {
        if (!isInLine) {
            isInLine = true;
            resources.endOfTurn().addBulk(this);
        }
    }

    @Override
    public void takeTurn() {
        isInLine = false;
        if (isGone) {
            finish();
            return;
        }
        if (output.takeWritableCall()) {
            calls.writable();
        }
        input.read();
    }

    @Override
    public void onEvents(int events) {
        if (!isGone && (events & EpollEvents.OUT) != 0) {
            output.onSpace();
        }
        if (!isGone) {
            input.onEvents(events);
        }
    }

    /** Everything that was written has been sent. */
    void onDrained() {
        if (isGone || !output.isDrained()) {
            return;
        }
        if (isClosing) {
            drop();
        } else if (isOutputEnding && !isOutputEnded) {
            endOutput();
        }
    }

    private void endOutput() {
        isOutputEnded = true;
        if (input.hasEnded()) {
            // Closing says it as well.
            drop();
        } else {
            resources.libc().shutdownOutput(fd);
        }
    }

    void tellData(MemorySegment bytes) {
        calls.data(bytes);
    }

    void tellSpliced(long count) {
        calls.spliced(count);
    }

    /** The sink of this connection's input has taken some of what waited for it. */
    void onPassageMoved(boolean isFull) {
        if (!isGone) {
            if (isFull) {
                tellSpliced(0);
            } else {
                input.resumeAfterSink();
            }
        }
    }

    void tellEnd() {
        calls.endOfInput();
        closeIfBothEnded();
    }

    /** From now on events are needed. */
    void register() {
        if (isGone || key != NOT_REGISTERED) {
            return;
        }
        try {
            key = loop.poller().add(fd, Poller.ALL_BY_EDGE, this);
        } catch (IOException failure) {
            fail(failure);
        }
    }

    private void closeIfBothEnded() {
        if (isOutputEnded && input.hasEnded() && !isGone) {
            drop();
        }
    }

    private void drop() {
        isGone = true;
        output.drop();
        later();
    }

    private void finish() {
        if (key != NOT_REGISTERED) {
            loop.poller().remove(key);
        }
        resources.libc().close(fd);
        calls.closed(cause);
    }
}
