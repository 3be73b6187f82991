package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.vip.VipHealth;
import io.evenkeel.dataplane.vip.VipHealth.Why;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker says of its VIPs, with real sockets and checks. */
@OnEveryTransport
class WorkerVipTests {

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

    private Optional<Why> whyNot(String vip) {
        return harness.worker()
                .vip(InetAddress.ofLiteral(vip))
                .map(health -> health.trouble().map(VipHealth.Trouble::why))
                .orElseThrow(() -> new AssertionError("unknown: " + vip));
    }

    private DesiredLoadBalancer serve(Optional<UUID> pool) {
        var listener = States.listener(ListenerProtocol.TCP, harness.port, pool);
        var loadBalancer = States.at(States.loadBalancer(listener), harness.vip);
        harness.serve(loadBalancer);
        return loadBalancer;
    }

    @Test
    void servesOnceItsMembersWereCheckedAndAfterARestartAgain() {
        var pool = Pools.pool(Pools.member("127.0.0.1", harness.backend("a").port()));
        harness.serve(pool);
        assertThat(harness.worker().vip(InetAddress.ofLiteral(harness.vip))).isEmpty();
        var loadBalancer = serve(Optional.of(pool.id()));
        assertThat(whyNot(harness.vip)).contains(Why.NOT_CHECKED_YET);
        await().untilAsserted(() -> assertThat(whyNot(harness.vip)).isEmpty());

        harness.restart();
        assertThat(harness.worker().vip(InetAddress.ofLiteral(harness.vip))).isPresent();
        await().untilAsserted(() -> assertThat(whyNot(harness.vip)).isEmpty());

        harness.serve(States.enabled(loadBalancer, false));
        assertThat(whyNot(harness.vip)).contains(Why.SWITCHED_OFF);
        harness.stop();
        assertThat(harness.worker().vip(InetAddress.ofLiteral(harness.vip))).isEmpty();
    }

    @Test
    void saysThatSomebodyElseHoldsAPortUntilItIsFree() throws Exception {
        var listener = States.listener(ListenerProtocol.TCP, harness.port, Optional.empty());
        var loadBalancer = States.at(States.loadBalancer(listener), harness.vip);
        try (var taken = new ServerSocket(harness.port, 1, InetAddress.ofLiteral(harness.vip))) {
            assertThat(taken.isBound()).isTrue();
            assertThat(harness.put(loadBalancer)).isInstanceOf(ApplyOutcome.Applied.class);
            assertThat(whyNot(harness.vip)).contains(Why.PORT_IN_USE);
        }
        await().untilAsserted(() -> assertThat(whyNot(harness.vip)).isEmpty());
    }

    @Test
    void judgesEachAddressOfALoadBalancerByItself() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            port = free.getLocalPort();
        }
        var listener = States.listener(ListenerProtocol.TCP, port, Optional.empty());
        harness.put(States.at(States.loadBalancer(listener), "::1", "192.0.2.77"));

        await().untilAsserted(() -> assertThat(whyNot("::1")).isEmpty());
        assertThat(whyNot("192.0.2.77")).contains(Why.ADDRESS_NOT_AVAILABLE);
        assertThat(List.of(whyNot("0:0:0:0:0:0:0:1"))).containsExactly(Optional.empty());
    }
}
