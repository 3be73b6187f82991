package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.transport.TransportOptions;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Sockets of the JDK, by Netty. Its threads are daemons named {@code evenkeel-loop-N}, N being the index of the loop.
 */
public final class NettyTransport implements Transport {

    private static final long CLOSE_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final List<NettyLoop> loops;
    private final Set<ListeningPort> ports = ConcurrentHashMap.newKeySet();

    NettyTransport(TransportOptions options, ByteBufAllocator allocator) {
        var channelOptions = new ChannelOptions(options, allocator);
        group = new MultiThreadIoEventLoopGroup(
                options.loops(), new DefaultThreadFactory("evenkeel-loop", true), NioIoHandler.newFactory());
        var made = new ArrayList<NettyLoop>();
        for (var loop : group) {
            made.add(new NettyLoop(made.size(), (io.netty.channel.EventLoop) loop, channelOptions));
        }
        loops = List.copyOf(made);
    }

    public static NettyTransport open(TransportOptions options) {
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            // It samples allocations of every read; the contract tests count every buffer instead.
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
        return new NettyTransport(options, ByteBufAllocator.DEFAULT);
    }

    @Override
    public List<EventLoop> loops() {
        return List.copyOf(loops);
    }

    /**
     * {@inheritDoc} Waits for the loops, so not to be called on one of them.
     *
     * @throws CannotListenException with the reason, when the address cannot be bound
     */
    @Override
    public ListeningPort listen(InetSocketAddress address, Acceptor acceptor) throws CannotListenException {
        requireOffLoop();
        var port = NettyPort.open(address, loops, acceptor, ports::remove);
        ports.add(port);
        return port;
    }

    /**
     * {@inheritDoc} Waits for the loops, so not to be called on one of them.
     *
     * @throws CannotListenException with the reason, when the address cannot be bound
     */
    @Override
    public ListeningPort bind(InetSocketAddress address, DatagramPort.Opener opener) throws CannotListenException {
        requireOffLoop();
        var port = NettyDatagramPort.open(address, loops, opener, ports::remove);
        ports.add(port);
        return port;
    }

    @Override
    public void close() {
        requireOffLoop();
        List.copyOf(ports).forEach(ListeningPort::close);
        loops.forEach(NettyLoop::closeConnections);
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void requireOffLoop() {
        if (loops.stream().anyMatch(NettyLoop::isCurrentThread)) {
            throw new IllegalStateException("An event loop must not wait for event loops");
        }
    }
}
