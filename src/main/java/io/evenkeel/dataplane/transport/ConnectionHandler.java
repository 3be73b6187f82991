package io.evenkeel.dataplane.transport;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a connection. Called on the connection's loop only, never concurrently, never from within a call.
 * A handler that throws loses its connection by RST and hears {@link #onClosed}; nothing else is disturbed.
 */
public interface ConnectionHandler {

    /** An outgoing connection is established. */
    default void onConnected(Connection connection) {}

    /**
     * An outgoing connection was refused, timed out or found no route. Nothing else follows.
     *
     * @param cause {@link OwnTroubleException} where the target was not even asked; not every transport can tell
     */
    default void onConnectFailed(IOException cause) {}

    /** Bytes arrived. The segment is off-heap, read-only, not empty, and valid only during this call. */
    void onData(Connection connection, MemorySegment bytes);

    /**
     * Bytes arrived and went to the connection that {@link Connection#allowSplice} named; they count as written to it.
     *
     * @param count how many arrived; 0 when none did, but some that came before went on
     */
    default void onSpliced(Connection connection, long count) {}

    /** The peer will send no more; writing may go on. */
    void onEndOfInput(Connection connection);

    /** The connection can take more after {@link Connection#isWritable()} was false. */
    default void onWritable(Connection connection) {}

    /** The port that accepted the connection is closed: what is under way goes on, and nothing after it is awaited. */
    default void onPortClosed(Connection connection) {}

    /** The client was let in, and may no longer come: to be reset. */
    default void onRefused(Connection connection) {
        connection.reset();
    }

    /**
     * The connection is gone: the last call, exactly once, whoever closed it.
     *
     * @param cause null when both directions ended or this side closed or reset it; else what broke it
     */
    void onClosed(Connection connection, @Nullable IOException cause);
}
