package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.dataplane.transport.epoll.EpollTransport;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.testing.Pki;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A worker on the epoll transport in a process of its own, so that its descriptors and its memory are nobody else's:
 * one loop; HTTP and UDP at one address. Answers one line for each line it is sent, see {@link WorkerChild}.
 */
final class WorkerProcess {

    /** A property of its Java: whether it has an HTTPS listener with HTTP/2 as well. */
    static final String WITH_HTTP_2 = "evenkeel.test.with-http2";

    private WorkerProcess() {}

    /** Arguments: home, VIP, port, the ports of the HTTP and of the UDP member, seconds of the client timeout. */
    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true, US_ASCII);
        // Where the log goes.
        System.setOut(System.err);
        var options = new WorkerOptions(Path.of(arguments[0]), WorkerOptions.VipBinding.ADDRESS, TlsStates.KEYS);
        var transport = EpollTransport.open(TransportOptions.ofLoops(1));
        try (var worker = new Worker(options, transport, new Unheard(), InstantSource.system())) {
            worker.start();
            int port = Integer.parseInt(arguments[2]);
            var timeout = Duration.ofSeconds(Long.parseLong(arguments[5]));
            var web = Pools.pool(Pools.member("127.0.0.1", Integer.parseInt(arguments[3])));
            var names = Pools.speaking(
                    Pools.pool(Pools.member("127.0.0.1", Integer.parseInt(arguments[4]))), PoolProtocol.UDP, false);
            worker.apply(States.put(web));
            worker.apply(States.put(names));
            var listeners = new ArrayList<>(List.of(
                    serving(ListenerProtocol.HTTP, port, web, timeout),
                    serving(ListenerProtocol.UDP, port, names, timeout)));
            if (Boolean.getBoolean(WITH_HTTP_2)) {
                var tls = TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main")));
                listeners.add(States.securedBy(
                        serving(ListenerProtocol.HTTPS, WorkerChild.SECURE_PORT, web, timeout),
                        TlsStates.offeringHttp2(tls, true)));
            }
            var loadBalancer = States.loadBalancer(listeners.toArray(DesiredListener[]::new));
            worker.apply(States.put(States.at(loadBalancer, arguments[1])));
            out.println("ready");
            answer(worker, new BufferedReader(new InputStreamReader(System.in, US_ASCII)), out);
        }
    }

    private static void answer(Worker worker, BufferedReader in, PrintStream out) throws IOException {
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            out.println(line.equals("memory") ? memory() : Long.toString(sum(worker, Count.valueOf(line))));
        }
    }

    private static long sum(Worker worker, Count what) {
        return worker.traffic().read().stream()
                .mapToLong(sample -> sample.get(what))
                .sum();
    }

    /** What is in use of the heap after a collection, and of the memory outside it, in bytes. */
    private static String memory() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long outside = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + " " + outside;
    }

    private static DesiredListener serving(
            ListenerProtocol protocol, int port, DesiredPool pool, Duration clientTimeout) {
        return new DesiredListener(
                UUID.randomUUID(),
                "listener",
                protocol,
                port,
                List.of(),
                true,
                Optional.of(pool.id()),
                clientTimeout.multipliedBy(2),
                clientTimeout,
                Duration.ofSeconds(60),
                Map.of(),
                false,
                false);
    }

    private static final class Unheard implements WorkerListener {

        @Override
        public void onHealthChanged(MemberHealth health) {}

        @Override
        public void onProblem(UUID loadBalancerId, ApplyOutcome.Problem problem) {}

        @Override
        public void onServing(UUID loadBalancerId, UUID listenerId) {}
    }
}
