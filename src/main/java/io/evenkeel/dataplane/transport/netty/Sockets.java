package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.CannotListenException.Reason;
import io.netty.channel.socket.DatagramChannel;
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

/**
 * The sockets that the JDK has on every platform. Netty's own epoll is no choice: up to 4.2.18 it cannot send what waits
 * on a connection whose peer has ended its side, because it forgets that the socket has left the epoll set.
 */
final class Sockets {

    private Sockets() {}

    static SocketChannel newClient() {
        return new NioSocketChannel();
    }

    static Server newServer() {
        return new Server();
    }

    /** A UDP socket of the address's family. */
    static DatagramChannel newDatagrams(InetSocketAddress address) {
        return new NioDatagramChannel(
                address.getAddress() instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
    }

    /** The JDK tells the cases apart by its text alone. */
    static Reason reasonOf(Throwable bindFailure) {
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

    static final class Server extends NioServerSocketChannel {

        /** Takes every connection that waits to be accepted. On this socket's loop. */
        void drain(Consumer<SocketChannel> accepted) throws IOException {
            for (var child = javaChannel().accept();
                    child != null;
                    child = javaChannel().accept()) {
                accepted.accept(new NioSocketChannel(child));
            }
        }
    }
}
