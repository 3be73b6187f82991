package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.evenkeel.dataplane.http2.FrameClient;
import io.evenkeel.dataplane.tls.TlsClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/**
 * Connections of HTTP/2 that all do the same evil, in a process of their own; who is thrown out comes again with the next
 * tick. Each takes what comes and throws it away.
 */
final class HostileFloodProcess {

    private static final Duration TICK = Duration.ofMillis(100);

    private final HostileFlood flood;
    private final InetSocketAddress target;
    private final TlsClients tls = TlsClients.anonymous();
    private final AtomicInteger thrownOut = new AtomicInteger();
    private final Queue<SSLSocket> open = new ConcurrentLinkedQueue<>();
    private final CountDownLatch isAttacking = new CountDownLatch(1);
    private volatile boolean isStopped;

    private HostileFloodProcess(HostileFlood flood, InetSocketAddress target) {
        this.flood = flood;
        this.target = target;
    }

    /** See {@link HostileAttack#process}. */
    public static void main(String[] arguments) throws IOException {
        var target = new InetSocketAddress(InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1]));
        var crowd = new HostileFloodProcess(HostileFlood.named(arguments[2]), target);
        var orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        var out = new PrintStream(System.out, true, US_ASCII);
        for (int i = 0; i < crowd.flood.size(); i++) {
            var first = FrameClient.over(crowd.connect());
            Thread.startVirtualThread(() -> crowd.comeAgainAndAgain(first));
        }
        out.println("ready");
        if (orders.readLine() != null) {
            crowd.isAttacking.countDown();
            orders.readLine();
            crowd.isStopped = true;
            out.println(crowd.thrownOut.get());
            orders.readLine();
        }
        for (var socket : crowd.open) {
            socket.close();
        }
    }

    /** @param first connected before the attack, so that it begins at once */
    private void comeAgainAndAgain(FrameClient first) {
        var next = Optional.of(first);
        while (!isStopped) {
            try {
                isAttacking.await();
                attack(next.isPresent() ? next.get() : FrameClient.over(connect()));
            } catch (IOException ended) {
                thrownOut.incrementAndGet();
            } catch (InterruptedException stop) {
                return;
            }
            next = Optional.empty();
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    private SSLSocket connect() throws IOException {
        var socket = tls.socket(target, null);
        open.add(socket);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException refused) {
            open.remove(socket);
            closeQuietly(socket);
            throw refused;
        }
    }

    private void attack(FrameClient client) throws IOException {
        var reader = Thread.startVirtualThread(() -> takeAll(client));
        client.gather();
        flood.opening().take(client, 0);
        client.send();
        for (int i = 0; !isStopped; ) {
            client.gather();
            for (int step = 0; step < flood.perTick(); step++) {
                flood.step().take(client, i++);
            }
            client.send();
            LockSupport.parkNanos(TICK.toNanos());
        }
        awaitEnd(reader);
    }

    /** What is silent stays until the worker ends it, or the process. */
    private static void awaitEnd(Thread reader) {
        try {
            reader.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void takeAll(FrameClient client) {
        try (client) {
            while (true) {
                client.next();
            }
        } catch (IOException ended) {
            // It was thrown out.
        }
    }

    private static void closeQuietly(SSLSocket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            // It was over before.
        }
    }
}
