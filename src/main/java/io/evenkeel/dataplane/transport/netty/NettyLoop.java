package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.DatagramPeer;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.OwnTroubleException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Netty event loop with a stable index. */
final class NettyLoop implements EventLoop {

    private static final Logger log = LoggerFactory.getLogger(NettyLoop.class);

    private final int index;
    private final io.netty.channel.EventLoop netty;
    private final ChannelOptions options;
    private final ReadWindow readWindow = new ReadWindow();
    private final Set<NettyConnection> connections = new HashSet<>();

    NettyLoop(int index, io.netty.channel.EventLoop netty, ChannelOptions options) {
        this.index = index;
        this.netty = netty;
        this.options = options;
        execute(() -> Thread.currentThread().setName("evenkeel-loop-" + index));
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean isCurrentThread() {
        return netty.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        try {
            netty.execute(() -> runLogged(task));
        } catch (RejectedExecutionException closed) {
            log.atDebug().log("A task came after its event loop had ended");
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var scheduled = netty.schedule(() -> runLogged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void connect(InetSocketAddress target, Duration timeout, ConnectionHandler handler) {
        execute(() -> {
            try {
                open(target, timeout, handler);
            } catch (ChannelException noDescriptor) {
                handler.onConnectFailed(new OwnTroubleException(String.valueOf(noDescriptor.getMessage())));
            } catch (RuntimeException | Error failure) {
                handler.onConnectFailed(asIo(failure));
            }
        });
    }

    @Override
    public DatagramPeer connectDatagrams(InetSocketAddress target, DatagramPeer.Handler handler) throws IOException {
        try {
            return NettyPeer.open(this, newDatagrams(target), target, handler);
        } catch (ChannelException noDescriptor) {
            throw new OwnTroubleException(String.valueOf(noDescriptor.getMessage()));
        }
    }

    /** A datagram channel of the address's family, set up, for this loop. */
    DatagramChannel newDatagrams(InetSocketAddress address) {
        var channel = Sockets.newDatagrams(address);
        options.apply(channel.config());
        return channel;
    }

    /** On the loop, where it takes effect at once. */
    ChannelFuture registerNow(Channel channel) {
        return netty.register(channel);
    }

    /** Gives the channel to this loop; the handler is made once it is active. From any thread. */
    void adopt(SocketChannel channel, Function<Connection, ConnectionHandler> handlers) {
        try {
            options.apply(channel.config());
            channel.pipeline().addLast(new Inbound(this, channel, null, handlers));
            netty.register(channel).addListener(registered -> {
                if (!registered.isSuccess()) {
                    dropUnregistered(channel, registered.cause());
                }
            });
        } catch (RuntimeException | Error failure) {
            dropUnregistered(channel, failure);
        }
    }

    /** Which loop has the one socket of a bound address. */
    static NettyLoop forSocketOf(InetSocketAddress address, List<NettyLoop> loops) {
        return loops.get(Math.floorMod(address.hashCode(), loops.size()));
    }

    /** Registers and binds; closes the channel when it throws. Off the loop. */
    void bind(Channel channel, InetSocketAddress address) throws IOException {
        var registered = netty.register(channel).awaitUninterruptibly();
        if (!registered.isSuccess()) {
            channel.unsafe().closeForcibly();
            throw asIo(registered.cause());
        }
        var bound = channel.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            channel.close().awaitUninterruptibly();
            throw asIo(bound.cause());
        }
    }

    void opened(NettyConnection connection) {
        connections.add(connection);
    }

    void closed(NettyConnection connection) {
        connections.remove(connection);
    }

    /** Ends every connection, and returns when their handlers have heard it. Off the loop. */
    void closeConnections() {
        execute(() -> List.copyOf(connections)
                .forEach(connection -> connection.end(new IOException("The transport was closed"))));
        awaitTurn();
    }

    /** Returns when the loop has seen to its sockets and tasks once more. Off the loop. */
    void awaitTurn() {
        try {
            // A scheduled task runs in a later turn, whatever this turn is about to do.
            var _ = netty.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        } catch (RejectedExecutionException closed) {
            log.atDebug().log("An event loop that ended was waited for");
        }
    }

    ReadWindow readWindow() {
        return readWindow;
    }

    private void open(InetSocketAddress target, Duration timeout, ConnectionHandler handler) {
        var channel = Sockets.newClient();
        options.apply(channel.config());
        channel.config().setConnectTimeoutMillis(Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
        channel.pipeline().addLast(new Inbound(this, channel, target, connection -> handler));
        netty.register(channel).addListener(registered -> {
            if (registered.isSuccess()) {
                connectRegistered(channel, target, handler);
            } else {
                channel.unsafe().closeForcibly();
                runLogged(() -> handler.onConnectFailed(asIo(registered.cause())));
            }
        });
    }

    private static void connectRegistered(SocketChannel channel, InetSocketAddress target, ConnectionHandler handler) {
        channel.connect(target).addListener(connected -> {
            if (!connected.isSuccess()) {
                var _ = channel.close();
                runLogged(() -> handler.onConnectFailed(asIo(connected.cause())));
            }
        });
    }

    private static void dropUnregistered(Channel channel, Throwable cause) {
        log.atWarn().setCause(cause).log("An accepted connection could not be served");
        channel.unsafe().closeForcibly();
    }

    static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("A task of an event loop failed");
        }
    }

    static IOException asIo(Throwable cause) {
        if (cause instanceof IOException io) {
            return io;
        }
        var wrapped = new ConnectException(String.valueOf(cause.getMessage()));
        wrapped.initCause(cause);
        return wrapped;
    }
}
