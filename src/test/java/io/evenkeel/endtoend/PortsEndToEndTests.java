package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.udp.UdpClient;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From the API to the traffic: UDP, ranges of ports, and members on the port that the client used. */
@EvenkeelTest
class PortsEndToEndTests {

    private static final int PORT = 18_100;
    private static final int BACKEND_PORT = 19_100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;

    @Autowired
    PortsEndToEndTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
    }

    @Test
    @SuppressWarnings("try") // A server that ends before the test does.
    void datagramsReachHealthyMembersAndComeBackFromTheVip() throws IOException {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var vip = loadBalancer.getVipAddress();
        var poolId = elb.createPool(loadBalancer.getId(), "UDP", "ROUND_ROBIN");
        elb.createUdpMonitor(poolId);
        try (var first = server("first", 1, BACKEND_PORT);
                var second = server("second", 2, BACKEND_PORT)) {
            assertThat(first.address()).isNotEqualTo(second.address());
            elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
            elb.createMember(poolId, cloud, 2, BACKEND_PORT, 1);
            elb.createListener(loadBalancer.getId(), "UDP", PORT, poolId);
            awaitStatuses(poolId, "ONLINE", "ONLINE");
            var answers = new HashSet<String>();
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> {
                        answers.add(ask(vip, PORT));
                        assertThat(answers).isEqualTo(Set.of("first:q", "second:q"));
                    });

            second.close();
            awaitStatuses(poolId, "ONLINE", "OFFLINE");
            assertThat(elb.members(poolId).get(1).getReason().getReasonCode()).isEqualTo("CONNECT_REFUSED");
            for (int i = 0; i < 10; i++) {
                assertThat(ask(vip, PORT)).isEqualTo("first:q");
            }
        }
    }

    @Test
    void aRangeOfPortsLeadsToTheSamePortsOfAnAnyPortGroup() throws IOException {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var created = api.post(
                        api.elb("/pools"),
                        Map.of(
                                "pool",
                                Map.of(
                                        "loadbalancer_id",
                                        loadBalancer.getId(),
                                        "protocol",
                                        "UDP",
                                        "lb_algorithm",
                                        "ROUND_ROBIN",
                                        "any_port_enable",
                                        true)))
                .expect(201);
        var poolId = created.path("pool").path("id").asString();
        cloud.server(1);
        elb.createMember(poolId, cloud, 1, 0, 1);
        var listener = api.post(
                        api.elb("/listeners"),
                        Map.of(
                                "listener",
                                Map.of(
                                        "loadbalancer_id",
                                        loadBalancer.getId(),
                                        "protocol",
                                        "UDP",
                                        "default_pool_id",
                                        poolId,
                                        "port_ranges",
                                        List.of(Map.of("start_port", PORT + 10, "end_port", PORT + 19)))))
                .expect(201);
        assertThat(listener.path("warnings").toString()).doesNotContain("port_ranges");
        try (var tenth = server("tenth", 1, PORT + 10);
                var last = server("last", 1, PORT + 19)) {
            assertThat(tenth.address()).isNotEqualTo(last.address());
            var vip = loadBalancer.getVipAddress();
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(ask(vip, PORT + 10)).isEqualTo("tenth:q"));
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(ask(vip, PORT + 19)).isEqualTo("last:q"));
        }
    }

    private UdpServer server(String name, int n, int port) throws IOException {
        cloud.server(n);
        return UdpServer.named(name, new InetSocketAddress(InetAddress.ofLiteral(cloud.address(n)), port));
    }

    private static String ask(String vip, int port) throws IOException {
        try (var client = new UdpClient(new InetSocketAddress(InetAddress.ofLiteral(vip), port))) {
            return client.ask("q");
        }
    }

    private void awaitStatuses(String poolId, String... statuses) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(elb.statuses(poolId)).containsExactly(statuses));
    }
}
