package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** In what the kinds of sockets that Netty offers differ. */
interface Sockets {

    static Sockets best() {
        return Epoll.isAvailable() ? new EpollSockets() : new NioSockets();
    }

    IoHandlerFactory ioHandlers();

    SocketChannel newClient(InetSocketAddress target);

    ServerSocketChannel newServer(InetSocketAddress address);

    /** A UDP socket of the address's family. */
    DatagramChannel newDatagrams(InetSocketAddress address);

    /** Whether several sockets may {@link #share} one address. */
    boolean canShare();

    /** Lets further sockets of ours listen on the address this one, for TCP or UDP, is or will be bound to. */
    void share(Channel socket);

    /** Takes every connection that waits to be accepted. On the loop of the server socket. */
    void drain(ServerSocketChannel server, Consumer<SocketChannel> accepted) throws IOException;

    /** Whether the connection was reset, as far as the system tells without reading or writing. */
    boolean isDisconnected(SocketChannel channel);

    CannotListenException.Reason reasonOf(Throwable bindFailure);
}
