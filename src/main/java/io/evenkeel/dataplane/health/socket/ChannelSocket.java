package io.evenkeel.dataplane.health.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A channel of the JDK. */
abstract sealed class ChannelSocket implements CheckSocket {

    static final class Stream extends ChannelSocket {

        private final SocketChannel channel;
        private final SelectionKey key;
        private final InetSocketAddress peer;

        Stream(SocketChannel channel, SelectionKey key, InetSocketAddress peer) {
            super(channel);
            this.channel = channel;
            this.key = key;
            this.peer = peer;
        }

        @Override
        public boolean connect() throws IOException {
            return channel.connect(peer) && isReadable();
        }

        @Override
        public boolean finishConnect() throws IOException {
            return channel.finishConnect() && isReadable();
        }

        private boolean isReadable() {
            key.interestOps(SelectionKey.OP_READ);
            return true;
        }

        @Override
        public boolean isConnectedToItself() throws IOException {
            return channel.getLocalAddress().equals(channel.getRemoteAddress());
        }

        @Override
        public void setNoDelay() throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int count = channel.read(into);
            return count == 0 && into.hasRemaining() ? NOT_YET : count;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public void awaitRoom(boolean isWanted) {
            key.interestOps(isWanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    static final class Datagrams extends ChannelSocket {

        private final DatagramChannel channel;
        private final InetSocketAddress peer;

        Datagrams(DatagramChannel channel, InetSocketAddress peer) {
            super(channel);
            this.channel = channel;
            this.peer = peer;
        }

        @Override
        public boolean connect() throws IOException {
            channel.connect(peer);
            return true;
        }

        @Override
        public boolean finishConnect() {
            return true;
        }

        @Override
        public boolean isConnectedToItself() throws IOException {
            return channel.getLocalAddress().equals(peer);
        }

        @Override
        public void setNoDelay() {
            // A datagram never waits for another.
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int before = into.position();
            // One without content is told apart from none by its sender.
            return channel.receive(into) == null ? NOT_YET : into.position() - before;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public void awaitRoom(boolean isWanted) {
            // One that finds no room is not sent again.
        }
    }

    private final Channel channel;

    private ChannelSocket(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The descriptor is gone either way.
        }
    }
}
