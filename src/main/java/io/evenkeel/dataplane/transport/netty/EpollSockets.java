package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.CannotListenException.Reason;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Linux: native epoll, one listening socket a loop. */
final class EpollSockets implements Sockets {

    // errno(3) of Linux on every architecture we ship natives for.
    private static final int EACCES = 13;
    private static final int EADDRINUSE = 98;
    private static final int EADDRNOTAVAIL = 99;

    // A state of tcp(7), from the system's netinet/tcp.h.
    private static final int TCP_CLOSE = 7;

    @Override
    public IoHandlerFactory ioHandlers() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public SocketChannel newClient(InetSocketAddress target) {
        return new EpollSocketChannel(familyOf(target));
    }

    @Override
    public ServerSocketChannel newServer(InetSocketAddress address) {
        return new EpollServerSocketChannel(familyOf(address));
    }

    @Override
    public DatagramChannel newDatagrams(InetSocketAddress address) {
        return new EpollDatagramChannel(familyOf(address));
    }

    @Override
    public boolean canShare() {
        return true;
    }

    @Override
    public void share(Channel socket) {
        if (!socket.config().setOption(UnixChannelOption.SO_REUSEPORT, true)) {
            throw new IllegalStateException("Not a socket that can share its port: " + socket);
        }
    }

    @Override
    public void drain(ServerSocketChannel server, Consumer<SocketChannel> accepted) throws IOException {
        var socket = (Socket) ((EpollServerSocketChannel) server).fd();
        byte[] address = new byte[25];
        for (int fd = socket.accept(address); fd >= 0; fd = socket.accept(address)) {
            accepted.accept(new EpollSocketChannel(fd));
        }
    }

    @Override
    public boolean isDisconnected(SocketChannel channel) {
        return ((EpollSocketChannel) channel).tcpInfo().state() == TCP_CLOSE;
    }

    @Override
    public Reason reasonOf(Throwable bindFailure) {
        if (!(bindFailure instanceof NativeIoException failure)) {
            return Reason.OTHER;
        }
        return switch (-failure.expectedErr()) {
            case EADDRINUSE -> Reason.ADDRESS_IN_USE;
            case EADDRNOTAVAIL -> Reason.ADDRESS_NOT_AVAILABLE;
            case EACCES -> Reason.NOT_PERMITTED;
            default -> Reason.OTHER;
        };
    }

    private static SocketProtocolFamily familyOf(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }
}
