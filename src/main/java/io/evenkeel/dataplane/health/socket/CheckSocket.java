package io.evenkeel.dataplane.health.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A socket that does not block. Its watcher is called after each change, so what it can do has to be done until it can do
 * no more: read until {@link #NOT_YET}.
 */
public sealed interface CheckSocket permits EpollSocket, ChannelSocket {

    /** Nothing has come. */
    int NOT_YET = -2;
    /** The peer has ended, and all was read. */
    int END = -1;

    /** Begins to connect; returns whether it is connected already. */
    boolean connect() throws IOException;

    /** Whether it is connected by now. */
    boolean finishConnect() throws IOException;

    /** Whether nobody listened and the system picked the peer's own port for this side. */
    boolean isConnectedToItself() throws IOException;

    /** Small pieces leave at once. */
    void setNoDelay() throws IOException;

    /** The bytes that came, {@link #NOT_YET} or {@link #END}; 0 is a datagram without content. */
    int read(ByteBuffer into) throws IOException;

    /** Writes what there is room for; returns how much. */
    int write(ByteBuffer bytes) throws IOException;

    /** Not ready to be written to is what is waited for next, or not. */
    void awaitRoom(boolean isWanted);

    void close();
}
