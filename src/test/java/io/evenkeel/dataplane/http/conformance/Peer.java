package io.evenkeel.dataplane.http.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The test's end of a connection with the proxy: a client's or a member's. */
final class Peer {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final StringBuilder inbox = new StringBuilder();
    private final Function<Long, Observed> finder;
    private @Nullable Observed far;
    private long sent;
    private boolean hasEnded;
    private boolean wasReset;
    private boolean isOver;

    private Peer(SocketChannel channel, Selector selector, Function<Long, Observed> finder) throws IOException {
        this.channel = channel;
        this.finder = finder;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    static Peer client(ProxyUnderTest proxy, Selector selector) throws IOException {
        var channel = SocketChannel.open(proxy.address());
        int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        return new Peer(channel, selector, deadline -> proxy.observing().ofClient(port, deadline));
    }

    static Peer member(ProxyUnderTest proxy, SocketChannel accepted, Selector selector) throws IOException {
        int port = ((InetSocketAddress) accepted.getRemoteAddress()).getPort();
        return new Peer(accepted, selector, deadline -> proxy.observing().ofMember(port, deadline));
    }

    /** The proxy's end. Asked for early, before another connection may have the same port. */
    Observed far(long deadlineNanos) {
        if (far == null) {
            far = finder.apply(deadlineNanos);
        }
        return far;
    }

    String inbox() {
        return inbox.toString();
    }

    void take(int length) {
        inbox.delete(0, length);
    }

    /** Whether the proxy ended or broke its way to here. */
    boolean hasEnded() {
        return hasEnded;
    }

    boolean wasReset() {
        return wasReset;
    }

    /** Whether this side has ended the connection, so that nothing is expected of it any more. */
    boolean isOver() {
        return isOver;
    }

    long sent() {
        return sent;
    }

    void read() {
        try {
            int count = channel.read(buffer.clear());
            if (count < 0) {
                hasEnded = true;
                key.interestOps(0);
            } else {
                inbox.append(new String(buffer.array(), 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException broken) {
            broke();
        }
    }

    /** The system tells it once, to the one who asks first. */
    private void broke() {
        hasEnded = true;
        wasReset = true;
        key.cancel();
    }

    /** False when the proxy has broken the connection. */
    boolean write(String latin1, int from, int to) {
        var bytes = ByteBuffer.wrap(latin1.substring(from, to).getBytes(StandardCharsets.ISO_8859_1));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            sent += to - from;
            return true;
        } catch (IOException broken) {
            broke();
            return false;
        }
    }

    void end() throws IOException {
        isOver = true;
        if (channel.isOpen()) {
            channel.shutdownOutput();
        }
    }

    void reset() throws IOException {
        isOver = true;
        hasEnded = true;
        if (channel.isOpen()) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }
    }

    @Override
    public String toString() {
        return "[" + inbox + (wasReset ? "] reset" : hasEnded ? "] ended" : "] open");
    }
}
