package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.fuzz.Claims;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection under test whose loop is turned by hand, its peer, and a copy of all that either sent. */
final class FuzzedConnection implements ConnectionHandler, AutoCloseable {

    private static final int MAX_WRITTEN = 1 << 20;
    private static final int MAX_TURNS = 200_000;
    private static final ServerSocketChannel SERVER = server();
    private static final MemorySegment OUTSIDE = Arena.ofAuto().allocate(64 << 10);
    private static final ByteBuffer TAKEN = ByteBuffer.allocateDirect(64 << 10);

    private final EpollLoop loop;
    private final SocketChannel peer;
    private final EpollConnection connection;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private int pattern;
    private int answer;
    private boolean isEnding;
    private boolean isClosed;

    private FuzzedConnection(EpollLoop loop, int seed) throws IOException {
        this.loop = loop;
        this.pattern = seed;
        var target = (InetSocketAddress) SERVER.getLocalAddress();
        var sockets = loop.resources().sockets();
        int fd = Sockets.require(sockets.open(target), "socket");
        int result = sockets.connect(fd, target);
        Claims.that(result == 0 || result == -Errno.EINPROGRESS, "Cannot connect", result);
        peer = SERVER.accept();
        peer.configureBlocking(false);
        peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        long key = loop.poller().add(fd, Poller.ALL_BY_EDGE, new NotYet());
        connection = EpollConnection.connected(loop, fd, key, target, this);
    }

    static FuzzedConnection open(EpollLoop loop, int seed) throws IOException {
        return new FuzzedConnection(loop, seed);
    }

    private static ServerSocketChannel server() {
        try {
            return ServerSocketChannel.open()
                    // So that a peer that does not read is felt soon.
                    .setOption(StandardSocketOptions.SO_RCVBUF, 4 << 10)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Connection connection() {
        return connection;
    }

    void writeFromHeap(int size) {
        write(MemorySegment.ofArray(next(size)));
    }

    void writeFromOutside(int size) {
        var bytes = next(size);
        MemorySegment.copy(bytes, 0, OUTSIDE, ValueLayout.JAVA_BYTE, 0, size);
        write(OUTSIDE.asSlice(0, size));
    }

    private void write(MemorySegment bytes) {
        if (written.size() + bytes.byteSize() > MAX_WRITTEN) {
            return;
        }
        if (!isEnding) {
            written.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE));
        }
        connection.write(bytes);
    }

    void end() {
        isEnding = true;
        connection.shutdownOutput();
    }

    /** @param answer how many parts of it are written back, and flushed or not, see {@link #onData} */
    void peerSends(int size, int answer) throws IOException {
        this.answer = answer;
        var bytes = next(size);
        int taken = peer.write(ByteBuffer.wrap(bytes));
        sent.write(bytes, 0, taken);
    }

    void peerReads(int atMost) throws IOException {
        TAKEN.clear().limit(atMost);
        int count = peer.read(TAKEN);
        for (int i = 0; i < count; i++) {
            arrived.write(TAKEN.get(i));
        }
    }

    static void turn(EpollLoop loop) {
        // A loop with a task does not wait.
        loop.execute(() -> {});
        loop.turn();
    }

    /** Everything that was written arrives, and everything that was sent was heard. */
    void finish() throws IOException {
        loop.resources().stage().settle();
        connection.resumeReading();
        connection.flush();
        for (int i = 0; i < MAX_TURNS && (arrived.size() < written.size() || heard.size() < sent.size()); i++) {
            peerReads(TAKEN.capacity());
            turn(loop);
            connection.flush();
        }
        Claims.equal("What arrived", Claims.text(written.toByteArray()), Claims.text(arrived.toByteArray()));
        Claims.equal("What was heard", Claims.text(sent.toByteArray()), Claims.text(heard.toByteArray()));
        Claims.that(!isClosed, "A connection broke", this);
    }

    private byte[] next(int size) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            pattern = pattern * 1_664_525 + 1_013_904_223;
            bytes[i] = (byte) (pattern >>> 24);
        }
        return bytes;
    }

    @Override
    public void onData(Connection from, MemorySegment bytes) {
        heard.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE));
        long parts = Math.min(answer & 7, bytes.byteSize());
        for (int i = 0; i < parts; i++) {
            long start = bytes.byteSize() * i / parts;
            long end = bytes.byteSize() * (i + 1) / parts;
            write(bytes.asSlice(start, end - start));
            if ((answer & 8) != 0) {
                writeFromHeap(answer >> 4);
            }
        }
        if ((answer & 16) != 0) {
            from.flush();
        }
    }

    @Override
    public void onEndOfInput(Connection from) {}

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        isClosed = true;
    }

    @Override
    public void close() throws IOException {
        connection.reset();
        turn(loop);
        peer.close();
    }

    private static final class NotYet implements Poller.Pollable {

        @Override
        public void onEvents(int events) {}

        @Override
        public void end() {}
    }
}
