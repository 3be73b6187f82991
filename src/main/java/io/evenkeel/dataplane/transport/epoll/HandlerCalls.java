package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that a connection's handler gets. A handler that throws loses its connection; what it wrote and did not
 * flush leaves the loop's stage after each call.
 */
final class HandlerCalls {

    private static final Logger log = LoggerFactory.getLogger(HandlerCalls.class);

    private final EpollConnection connection;
    private final Stage stage;
    private @Nullable ConnectionHandler handler;

    HandlerCalls(EpollConnection connection, Stage stage) {
        this.connection = connection;
        this.stage = stage;
    }

    void accept(Transport.Acceptor acceptor) {
        try {
            handler = acceptor.accept(connection);
        } catch (RuntimeException | Error failure) {
            onFailure(failure);
        } finally {
            stage.settle();
        }
    }

    void connected(ConnectionHandler by) {
        handler = by;
        try {
            by.onConnected(connection);
        } catch (RuntimeException | Error failure) {
            onFailure(failure);
        } finally {
            stage.settle();
        }
    }

    void data(MemorySegment bytes) {
        if (handler == null || !connection.isOpen()) {
            return;
        }
        try {
            handler.onData(connection, bytes);
        } catch (RuntimeException | Error failure) {
            onFailure(failure);
        } finally {
            stage.settle();
        }
    }

    void spliced(long count) {
        if (handler == null || !connection.isOpen()) {
            return;
        }
        try {
            handler.onSpliced(connection, count);
        } catch (RuntimeException | Error failure) {
            onFailure(failure);
        } finally {
            stage.settle();
        }
    }

    void endOfInput() {
        if (handler == null || !connection.isOpen()) {
            return;
        }
        try {
            handler.onEndOfInput(connection);
        } catch (RuntimeException | Error failure) {
            onFailure(failure);
        } finally {
            stage.settle();
        }
    }

    void writable() {
        if (handler == null || !connection.isWritable()) {
            return;
        }
        try {
            handler.onWritable(connection);
        } catch (RuntimeException | Error failure) {
            onFailure(failure);
        } finally {
            stage.settle();
        }
    }

    /** The last call. */
    void closed(@Nullable IOException cause) {
        var last = handler;
        handler = null;
        if (last == null) {
            return;
        }
        try {
            last.onClosed(connection, cause);
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("The handler of a closed connection failed");
        } finally {
            stage.settle();
        }
    }

    private void onFailure(Throwable failure) {
        log.atError().setCause(failure).log("The handler of a connection failed; the connection is reset");
        connection.fail(new IOException("The handler of the connection failed", failure));
    }
}
