package io.evenkeel.dataplane.health.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** By the JDK's channels, on every system. */
final class ChannelSockets implements CheckSockets {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector = Selector.open();

    ChannelSockets() throws IOException {}

    @Override
    public CheckSocket stream(InetSocketAddress peer, Watcher watcher) throws IOException {
        var channel = SocketChannel.open(familyOf(peer));
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        var key = channel.register(selector, SelectionKey.OP_CONNECT, watcher);
        return new ChannelSocket.Stream(channel, key, peer);
    }

    @Override
    public CheckSocket datagrams(InetSocketAddress peer, Watcher watcher) throws IOException {
        var channel = DatagramChannel.open(familyOf(peer));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, watcher);
        return new ChannelSocket.Datagrams(channel, peer);
    }

    /** A socket of the peer's own family needs fewer calls of the system than one of both. */
    private static ProtocolFamily familyOf(InetSocketAddress peer) {
        return peer.getAddress() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    @Override
    public void await(long nanos) throws IOException {
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        }
    }

    @Override
    public void tell() {
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Watcher watcher) {
                watcher.onReady();
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
