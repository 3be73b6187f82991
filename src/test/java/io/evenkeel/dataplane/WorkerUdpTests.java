package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.udp.UdpClient;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker with UDP listeners over real sockets. */
@OnEveryTransport
class WorkerUdpTests {

    @TempDir
    private Path home;

    private WorkerHarness harness;

    @BeforeEach
    void start() {
        harness = new WorkerHarness(home);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void servesTcpAndUdpOnOnePort() throws IOException {
        var web = Pools.speaking(
                Pools.pool(Pools.member("127.0.0.1", harness.backend("web").port())), PoolProtocol.TCP, false);
        var names = Pools.speaking(Pools.pool(member(server("names"))), PoolProtocol.UDP, false);
        harness.serve(web);
        harness.serve(names);
        var tcp = States.listener(ListenerProtocol.TCP, harness.port, Optional.of(web.id()));
        var udp = States.listener(ListenerProtocol.UDP, harness.port, Optional.of(names.id()));
        var both = States.at(States.loadBalancer(tcp, udp), harness.vip);
        harness.serve(both);

        assertThat(ask("q")).isEqualTo("names:q");
        try (var client = new TestClient(harness.vip, harness.port)) {
            assertThat(client.get("/").body()).isEqualTo("web");
        }
        // The UDP one goes, the TCP one stays, and then the other way round.
        harness.serve(States.next(both, tcp));
        try (var client = new TestClient(harness.vip, harness.port)) {
            assertThat(client.get("/").body()).isEqualTo("web");
        }
        harness.serve(States.atGeneration(States.next(both, udp), both.generation() + 2));
        assertThat(ask("q")).isEqualTo("names:q");
    }

    @Test
    void asksOnlyMembersWhosePortIsReachable() throws IOException {
        var server = server("down");
        var down = member(server);
        var pool = monitored(down, member(server("up")));
        harness.serve(pool);
        harness.serve(States.at(States.loadBalancer(listener(pool)), harness.vip));
        harness.awaitOnline(pool);
        server.close();
        await().untilAsserted(() ->
                assertThat(harness.toldOf(down.id()).orElseThrow()).returns(false, MemberHealth::isOnline));
        for (int i = 0; i < 8; i++) {
            assertThat(ask("q")).isEqualTo("up:q");
        }
        assertThat(harness.toldOf(down.id()).orElseThrow().reason()).contains("CONNECT_REFUSED");
    }

    @Test
    void handsOnTheDatagramsOfAQuicGroup() throws IOException {
        var pool = Pools.speaking(Pools.pool(member(server("quic"))), PoolProtocol.QUIC, false);
        harness.serve(pool);
        harness.serve(States.at(States.loadBalancer(listener(pool)), harness.vip));
        assertThat(ask("initial")).isEqualTo("quic:initial");
    }

    @Test
    void countsWhatItCarries() throws IOException {
        var pool = Pools.speaking(Pools.pool(member(server("a"))), PoolProtocol.UDP, false);
        harness.serve(pool);
        var listener = listener(pool);
        harness.serve(States.at(States.loadBalancer(listener), harness.vip));
        assertThat(ask("12345")).isEqualTo("a:12345");
        var ofMember = harness.worker().traffic().read().stream()
                .filter(sample ->
                        pool.members().getFirst().id().equals(sample.key().memberId()))
                .toList();
        assertThat(ofMember).singleElement().satisfies(sample -> {
            assertThat(sample.key().listenerId()).isEqualTo(listener.id());
            assertThat(sample.get(Count.PICKED)).isOne();
            assertThat(sample.get(Count.BYTES_IN)).isEqualTo(5);
            assertThat(sample.get(Count.BYTES_OUT)).isEqualTo(7);
        });
    }

    private DesiredPool monitored(DesiredMember... members) {
        var monitor = Pools.monitor(DesiredHealthMonitor.Type.UDP_CONNECT, "/", "200", Duration.ofMillis(50));
        return Pools.speaking(Pools.monitored(Pools.pool(members), monitor), PoolProtocol.UDP, false);
    }

    private DesiredListener listener(DesiredPool pool) {
        return States.listener(ListenerProtocol.UDP, harness.port, Optional.of(pool.id()));
    }

    private static DesiredMember member(UdpServer server) {
        return Pools.member("127.0.0.1", server.address().getPort());
    }

    private UdpServer server(String name) throws IOException {
        return harness.resource(UdpServer.named(name));
    }

    private String ask(String question) throws IOException {
        try (var client = new UdpClient(new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port))) {
            return client.ask(question);
        }
    }
}
