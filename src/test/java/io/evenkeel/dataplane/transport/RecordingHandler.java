package io.evenkeel.dataplane.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Remembers what it was told, and whether anyone broke the rules of telling. To be subclassed for more. */
public class RecordingHandler implements ConnectionHandler {

    public final CompletableFuture<Connection> connected = new CompletableFuture<>();
    public final CompletableFuture<IOException> connectFailed = new CompletableFuture<>();
    public final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    public final CompletableFuture<Optional<IOException>> closed = new CompletableFuture<>();
    public final AtomicInteger closedCalls = new AtomicInteger();
    public final AtomicInteger writableCalls = new AtomicInteger();
    public final AtomicLong spliced = new AtomicLong();
    public final AtomicReference<@Nullable String> violation = new AtomicReference<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean isInCall;

    @Override
    public void onConnected(Connection connection) {
        call(connection, () -> connected.complete(connection));
    }

    @Override
    public void onConnectFailed(IOException cause) {
        connectFailed.complete(cause);
    }

    @Override
    public final void onData(Connection connection, MemorySegment bytes) {
        call(connection, () -> {
            synchronized (received) {
                received.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE));
            }
            data(connection, bytes);
        });
    }

    @Override
    public final void onSpliced(Connection connection, long count) {
        call(connection, () -> {
            spliced.addAndGet(count);
            spliced(connection);
        });
    }

    @Override
    public final void onEndOfInput(Connection connection) {
        call(connection, () -> {
            end(connection);
            ended.complete(true);
        });
    }

    @Override
    public final void onWritable(Connection connection) {
        call(connection, () -> {
            writableCalls.incrementAndGet();
            writable(connection);
        });
    }

    @Override
    public final void onClosed(Connection connection, @Nullable IOException cause) {
        call(connection, () -> {
            closedCalls.incrementAndGet();
            closed.complete(Optional.ofNullable(cause));
        });
    }

    protected void data(Connection connection, MemorySegment bytes) {}

    protected void spliced(Connection connection) {}

    protected void end(Connection connection) {}

    protected void writable(Connection connection) {}

    public byte[] received() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    public int receivedSize() {
        synchronized (received) {
            return received.size();
        }
    }

    private void call(Connection connection, Runnable body) {
        if (isInCall) {
            violation.compareAndSet(null, "called from within a call");
        }
        if (!connection.loop().isCurrentThread()) {
            violation.compareAndSet(null, "called on a foreign thread");
        }
        if (closedCalls.get() > 0) {
            violation.compareAndSet(null, "called after onClosed");
        }
        isInCall = true;
        try {
            body.run();
        } finally {
            isInCall = false;
        }
    }
}
