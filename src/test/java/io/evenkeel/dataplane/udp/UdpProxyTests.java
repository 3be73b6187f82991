package io.evenkeel.dataplane.udp;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.anyPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.pool.PoolRuntime;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEveryTransport
class UdpProxyTests {

    private static final int MAX_SESSIONS = 20;

    private final Transport transport = TestTransports.open(2);
    private final Traffic traffic = new Traffic(2);
    private final ListenerTraffic counts = traffic.of(UUID.randomUUID(), UUID.randomUUID());
    private final PoolRuntime runtime = new PoolRuntime(UUID.randomUUID(), transport.loops());
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final Transport.ListeningPort port;
    private volatile @Nullable MemberPool pool = runtime;
    private volatile Duration idleTime = Duration.ofSeconds(60);

    UdpProxyTests() throws IOException {
        port = transport.bind(anyPort(), new UdpProxy(this::settings, new SessionBudget(MAX_SESSIONS, 2)));
    }

    @AfterEach
    void everyPickIsReleasedOnceThePortIsClosed() throws Exception {
        port.close();
        for (var resource : resources) {
            resource.close();
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(counted(Count.OPEN)).isZero();
            assertThat(counted(Count.ACTIVE)).isZero();
        });
        transport.close();
    }

    @Test
    void answersFromItsAddressAndKeepsAClientAtOneMember() throws IOException {
        serve(member(server("a")), member(server("b")));
        for (int i = 0; i < 6; i++) {
            var client = client();
            var first = client.ask("0");
            for (int j = 1; j < 5; j++) {
                assertThat(client.ask("" + j)).isEqualTo(first.charAt(0) + ":" + j);
            }
        }
        assertThat(counted(Count.ACCEPTED)).isEqualTo(6);
        assertThat(counted(Count.PICKED)).isEqualTo(6);
        assertThat(counted(Count.BYTES_IN)).isEqualTo(30);
        assertThat(counted(Count.BYTES_OUT)).isEqualTo(90);
    }

    @Test
    void givesClientsToTheMembersByTheirWeights() throws IOException {
        serve(
                Pools.member("127.0.0.1", server("a").address().getPort(), 3),
                Pools.member("127.0.0.1", server("b").address().getPort(), 1));
        var answers = new HashMap<String, Integer>();
        for (int i = 0; i < 16; i++) {
            answers.merge(client().ask("q"), 1, Integer::sum);
        }
        // Exact on each loop over a cycle of four; at most one cycle is unfinished on each.
        assertThat(answers.get("a:q")).isBetween(10, 14);
        assertThat(answers.get("b:q")).isBetween(2, 6);
    }

    @Test
    void endsASessionInWhichNothingMovedAndBeginsAnother() throws IOException {
        idleTime = Duration.ofMillis(100);
        serve(member(server("a")), member(server("b")));
        var client = client();
        client.ask("1");
        await().atMost(SOON).untilAsserted(() -> assertThat(counted(Count.OPEN)).isZero());
        assertThat(counted(Count.ACTIVE)).isZero();

        assertThat(client.ask("2")).endsWith(":2");
        assertThat(counted(Count.ACCEPTED)).isEqualTo(2);
    }

    @Test
    void takesAnUnreachablePortForAFailureOfTheMemberAndGoesToAnother() throws IOException {
        var gone = server("gone");
        var dead = member(gone);
        gone.close();
        var alive = server("alive");
        serve(dead, member(alive));
        for (int i = 0; i < 8; i++) {
            var client = client();
            client.send("-lost or not");
            await().atMost(SOON).until(() -> {
                client.send("q");
                return client.answer().equals("alive:q");
            });
        }
        assertThat(counted(Count.FAILURES)).isPositive();
        assertThat(counted(Count.CONNECT_FAILURES)).isEqualTo(counted(Count.FAILURES));
        assertThat(counted(Count.OPEN)).isEqualTo(8);
    }

    @Test
    void triesTheOnlyMemberAgainWhenItIsBack() throws IOException {
        var gone = server("gone");
        var address = gone.address();
        serve(member(gone));
        gone.close();
        var client = client();
        // Again and again: a socket that is being closed may still take one.
        await().atMost(SOON).untilAsserted(() -> {
            client.send("-lost");
            assertThat(counted(Count.FAILURES)).isPositive();
        });

        resources.add(UdpServer.named("back", address));
        assertThat(client.ask("q")).isEqualTo("back:q");
    }

    @Test
    void dropsAndCountsWhatHasNoMember() throws IOException {
        serve();
        var client = client();
        client.send("-1");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(counted(Count.DROPPED)).isOne());
        pool = null;
        client.send("-2");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(counted(Count.DROPPED)).isEqualTo(2));
        assertThat(counted(Count.OPEN)).isZero();

        pool = runtime;
        serve(member(server("a")));
        assertThat(client.ask("3")).isEqualTo("a:3");
    }

    @Test
    void dropsAndCountsClientsBeyondItsBudgetAndKeepsServingTheOthers() throws IOException {
        serve(member(server("a")));
        var first = client();
        first.ask("1");
        for (int i = 0; i < 3 * MAX_SESSIONS; i++) {
            client().send("-");
        }
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(counted(Count.OPEN) + counted(Count.DROPPED)).isEqualTo(3 * MAX_SESSIONS + 1));
        assertThat(counted(Count.OPEN)).isLessThanOrEqualTo(2 * MAX_SESSIONS);
        assertThat(first.ask("2")).isEqualTo("a:2");
    }

    @Test
    void keepsTheSessionsOfAMemberThatLeftAndCutsThoseOfAStoppedServer() throws IOException {
        var a = server("a");
        var leaving = member(a);
        var desired = serve(leaving);
        var client = client();
        client.ask("1");
        var b = member(server("b"));
        desired = Pools.withMembers(desired, b);
        runtime.update(desired, id -> Health.WELL);
        assertThat(client.ask("2")).isEqualTo("a:2");
        assertThat(client().ask("2")).isEqualTo("b:2");

        runtime.update(Pools.withMembers(desired, leaving), id -> Health.WELL);
        var late = client();
        assertThat(late.ask("3")).isEqualTo("a:3");
        runtime.update(Pools.withMembers(desired, b, Pools.active(leaving, false)), id -> Health.WELL);
        await().atMost(SOON).untilAsserted(() -> assertThat(late.ask("4")).isEqualTo("b:4"));
    }

    @Test
    void givesEachSessionASocketOfItsOwn() throws IOException {
        var a = server("a");
        serve(member(a));
        for (int i = 0; i < 5; i++) {
            var client = client();
            client.ask("1");
            client.ask("2");
        }
        assertThat(a.clients()).isEqualTo(5);
    }

    private DesiredPool serve(DesiredMember... members) {
        var desired = Pools.pool(members);
        runtime.update(desired, id -> Health.WELL);
        return desired;
    }

    private static DesiredMember member(UdpServer server) {
        return Pools.member("127.0.0.1", server.address().getPort());
    }

    private UdpServer server(String name) throws IOException {
        var server = UdpServer.named(name);
        resources.add(server);
        return server;
    }

    private UdpClient client() throws IOException {
        var client = new UdpClient(port.localAddress());
        resources.add(client);
        return client;
    }

    private long counted(Count what) {
        return traffic.read().stream().mapToLong(sample -> sample.get(what)).sum();
    }

    private ListenerSettings settings() {
        return new ListenerSettings(
                UUID.randomUUID(),
                UUID.randomUUID(),
                new InetSocketAddress(0),
                pool,
                counts,
                idleTime,
                idleTime,
                idleTime,
                Map.of(),
                false);
    }
}
