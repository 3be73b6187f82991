package io.evenkeel.dataplane.transport.epoll.datagram;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.CannotListenException.Reason;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A bound UDP address: one socket on each loop. */
public final class EpollDatagramPort implements Transport.ListeningPort {

    private static final long PATIENCE_SECONDS = 5;

    private final List<LoopDatagrams> loops;
    private final Consumer<EpollDatagramPort> onClose;
    private final List<Side> sides = new ArrayList<>();
    private InetSocketAddress localAddress = new InetSocketAddress(0);

    private record Side(LoopDatagrams loop, PortSide socket) {}

    public EpollDatagramPort(List<LoopDatagrams> loops, Consumer<EpollDatagramPort> onClose) {
        this.loops = List.copyOf(loops);
        this.onClose = onClose;
    }

    /**
     * The first socket is bound as the only one there may be: this fails when anyone, another process of ours
     * included, has the address. Only then it lets the sockets of the other loops in. Off the loops.
     */
    public void open(InetSocketAddress address, DatagramPort.Opener opener) throws CannotListenException {
        try {
            var first = bind(loops.getFirst(), address, false);
            localAddress = first.localAddress();
            call(loops.getFirst(), first::share);
            for (var loop : loops.subList(1, loops.size())) {
                bind(loop, localAddress, true);
            }
            // Nothing is read before every loop has its socket: a client's datagrams are to come to one loop.
            for (var side : sides) {
                call(side.loop, () -> side.socket.start(opener));
            }
        } catch (CannotListenException failure) {
            closeAll();
            throw failure;
        } catch (IOException failure) {
            closeAll();
            throw new CannotListenException(address, Reason.OTHER, failure);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void close() {
        onClose.accept(this);
        closeAll();
    }

    private PortSide bind(LoopDatagrams loop, InetSocketAddress address, boolean isShared) throws IOException {
        var socket = call(loop, () -> new PortSide(loop, address, isShared));
        sides.add(new Side(loop, socket));
        return socket;
    }

    private void closeAll() {
        var closed = new ArrayList<CompletableFuture<Void>>();
        for (var side : sides) {
            closed.add(CompletableFuture.runAsync(side.socket::close, side.loop.loop()::execute));
        }
        if (loops.stream().noneMatch(side -> side.loop().isCurrentThread())) {
            // A loop that has ended has closed its sockets.
            var _ = CompletableFuture.allOf(closed.toArray(new CompletableFuture<?>[0]))
                    .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static <T> T call(LoopDatagrams on, Callable<T> task) throws IOException {
        var result = new CompletableFuture<T>();
        on.loop().execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException("An event loop does not answer", late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while binding", stop);
        }
    }
}
