package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.CannotListenException.Reason;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every platform: the JDK's selector, one listening socket that hands its connections to the loops in turn. */
final class NioSockets implements Sockets {

    @Override
    public IoHandlerFactory ioHandlers() {
        return NioIoHandler.newFactory();
    }

    @Override
    public SocketChannel newClient(InetSocketAddress target) {
        return new NioSocketChannel();
    }

    @Override
    public ServerSocketChannel newServer(InetSocketAddress address) {
        return new DrainableServer();
    }

    @Override
    public DatagramChannel newDatagrams(InetSocketAddress address) {
        return new NioDatagramChannel(
                address.getAddress() instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
    }

    @Override
    public boolean canShare() {
        return false;
    }

    @Override
    public void share(Channel socket) {
        throw new IllegalStateException("Nobody asks NIO sockets to share an address: canShare() is false");
    }

    @Override
    public void drain(ServerSocketChannel server, Consumer<SocketChannel> accepted) throws IOException {
        ((DrainableServer) server).drain(accepted);
    }

    /** Not known: it shows with the next write. */
    @Override
    public boolean isDisconnected(SocketChannel channel) {
        return false;
    }

    /** The JDK tells the cases apart by its text alone. */
    @Override
    public Reason reasonOf(Throwable bindFailure) {
        var text = text(bindFailure.getMessage());
        if (text.contains("address already in use")) {
            return Reason.ADDRESS_IN_USE;
        }
        if (text.contains("assign requested address")) {
            return Reason.ADDRESS_NOT_AVAILABLE;
        }
        return text.contains("permission denied") ? Reason.NOT_PERMITTED : Reason.OTHER;
    }

    private static String text(@Nullable String message) {
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }

    private static final class DrainableServer extends NioServerSocketChannel {

        void drain(Consumer<SocketChannel> accepted) throws IOException {
            for (var child = javaChannel().accept();
                    child != null;
                    child = javaChannel().accept()) {
                accepted.accept(new NioSocketChannel(child));
            }
        }
    }
}
