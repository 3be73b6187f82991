package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.dataplane.transport.epoll.datagram.EpollDatagramPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sockets by Linux's epoll, over the foreign-function API, with one listening socket for each loop. Its threads are
 * daemons named {@code evenkeel-loop-N}, N being the index of the loop.
 */
public final class EpollTransport implements Transport {

    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final List<EpollLoop> loops = new ArrayList<>();
    private final Set<ListeningPort> ports = ConcurrentHashMap.newKeySet();

    private EpollTransport(TransportOptions options) throws IOException {
        for (int i = 0; i < options.loops(); i++) {
            loops.add(new EpollLoop(i, options));
        }
        loops.forEach(EpollLoop::start);
    }

    /** Why this process cannot have this transport; empty when it can. */
    public static Optional<String> whyNot() {
        var system = System.getProperty("os.name");
        var architecture = System.getProperty("os.arch");
        if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
            return Optional.of("it is for Linux on x86-64 and aarch64, not " + system + " on " + architecture);
        }
        return EpollTransport.class.getModule().isNativeAccessEnabled()
                ? Optional.empty()
                : Optional.of("the JVM was not started with --enable-native-access");
    }

    /** @throws UncheckedIOException when the system has no descriptors left for its loops */
    public static EpollTransport open(TransportOptions options) {
        try {
            return new EpollTransport(options);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
        var port = new EpollPort(loops, acceptor, ports::remove);
        port.open(address);
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
        var port =
                new EpollDatagramPort(loops.stream().map(EpollLoop::datagrams).toList(), ports::remove);
        port.open(address, opener);
        ports.add(port);
        return port;
    }

    @Override
    public void close() {
        requireOffLoop();
        List.copyOf(ports).forEach(ListeningPort::close);
        loops.forEach(EpollLoop::stop);
        loops.forEach(loop -> loop.calls().awaitEnd(CLOSE_TIMEOUT));
    }

    private void requireOffLoop() {
        if (loops.stream().anyMatch(EpollLoop::isCurrentThread)) {
            throw new IllegalStateException("An event loop must not wait for event loops");
        }
    }
}
