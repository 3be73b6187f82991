package io.evenkeel.dataplane.http.conformance;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.EventLoop;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;

/** A connection of the proxy that tells the test how far the proxy has read. */
final class Observed implements Connection {

    private final Connection connection;
    private final EventLoop loop;
    private final Thread test;
    private volatile long bytes;
    private volatile int reads;
    private volatile boolean isPaused;
    private volatile boolean isClosed;

    Observed(Connection connection, EventLoop loop, Thread test) {
        this.connection = connection;
        this.loop = loop;
        this.test = test;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the loop's thread alone writes
    void delivered(long more) {
        bytes += more;
        reads++;
        LockSupport.unpark(test);
    }

    void closed() {
        isClosed = true;
        LockSupport.unpark(test);
    }

    int reads() {
        return reads;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Waits until the proxy has read so many bytes, or reads no more. On the test's thread. */
    void awaitRead(long count, long deadlineNanos) {
        while (bytes < count && !isClosed && !isPaused) {
            awaitNews(deadlineNanos);
        }
    }

    void awaitClosed(long deadlineNanos) {
        while (!isClosed) {
            awaitNews(deadlineNanos);
        }
    }

    private static void awaitNews(long deadlineNanos) {
        if (deadlineNanos - System.nanoTime() < 0) {
            throw new AssertionError("the proxy reads nothing");
        }
        LockSupport.parkNanos(1_000_000);
    }

    @Override
    public void allowSplice(Connection to, long count) {
        connection.allowSplice(to instanceof Observed other ? other.connection : to, count);
    }

    @Override
    public void pauseReading() {
        isPaused = true;
        LockSupport.unpark(test);
        connection.pauseReading();
    }

    @Override
    public void resumeReading() {
        isPaused = false;
        connection.resumeReading();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return connection.localAddress();
    }

    @Override
    public void write(MemorySegment segment) {
        connection.write(segment);
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public void shutdownOutput() {
        connection.shutdownOutput();
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void reset() {
        connection.reset();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }
}
