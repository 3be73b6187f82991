package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Inventory, load balancer, traffic, failure, lookup, removal: over real sockets, by the vendor's own SDK. */
@EvenkeelTest
class EndToEndTests {

    private static final int PORT = 18_080;
    private static final int BACKEND_PORT = 19_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Api api;
    private final Elb elb;
    private Cloud cloud;
    private List<Backend> backends;

    @Autowired
    EndToEndTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
        this.backends = List.of();
    }

    @BeforeEach
    void openBackends() {
        backends = List.of(backend(1), backend(2), backend(3));
    }

    private Backend backend(int n) {
        cloud.server(n);
        return new Backend("backend-" + n, cloud.address(n), BACKEND_PORT);
    }

    @AfterEach
    void closeBackends() {
        backends.forEach(Backend::close);
    }

    @Test
    void requestsReachHealthyMembersInProportionToTheirWeights() throws IOException {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var vip = loadBalancer.getVipAddress();
        var poolId = elb.createPool(loadBalancer.getId(), "HTTP", "ROUND_ROBIN");
        var monitorId = elb.createHttpMonitor(poolId, "/check");
        elb.createMember(poolId, cloud, 1, BACKEND_PORT, 5);
        elb.createMember(poolId, cloud, 2, BACKEND_PORT, 3);
        elb.createMember(poolId, cloud, 3, BACKEND_PORT, 2);
        var listenerId = elb.createListener(loadBalancer.getId(), "HTTP", PORT, poolId);
        awaitStatuses(poolId, "ONLINE", "ONLINE", "ONLINE");

        assertThat(countsOverOneConnection(vip, 1000))
                .isEqualTo(Map.of("backend-1", 500, "backend-2", 300, "backend-3", 200));

        var overConnections = countsOverConnections(vip, 1000);
        int loops = Runtime.getRuntime().availableProcessors();
        assertThat(overConnections.get("backend-1")).isCloseTo(500, within(2 * loops));
        assertThat(overConnections.get("backend-2")).isCloseTo(300, within(2 * loops));
        assertThat(overConnections.get("backend-3")).isCloseTo(200, within(2 * loops));

        failAndRecover(vip, poolId);

        assertThat(elb.loadBalancersByAddress(cloud.address(1))).containsExactly(loadBalancer.getId());
        assertThat(elb.loadBalancersByServer(cloud.serverId(2))).containsExactly(loadBalancer.getId());

        elb.detachPool(listenerId, poolId, monitorId);
        elb.deleteLoadBalancer(loadBalancer.getId());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatCode(() -> new ServerSocket(PORT, 1, InetAddress.ofLiteral(vip)).close())
                        .doesNotThrowAnyException());
        assertThat(elb.loadBalancersByAddress(cloud.address(1))).isEmpty();
    }

    private void failAndRecover(String vip, String poolId) throws IOException {
        try (var traffic = new Traffic(vip, PORT)) {
            backends.get(0).answerChecksWith(503);
            awaitStatuses(poolId, "OFFLINE", "ONLINE", "ONLINE");
            backends.get(1).stop();
            awaitStatuses(poolId, "OFFLINE", "OFFLINE", "ONLINE");
            var reason = elb.members(poolId).getFirst().getReason();
            assertThat(reason.getReasonCode()).isEqualTo("RESPONSE_MISMATCH");
            assertThat(reason.getExpectedResponse()).isEqualTo("200");
            assertThat(reason.getHealthcheckResponse()).isEqualTo("503");
            assertThat(elb.members(poolId).get(1).getReason().getReasonCode()).isEqualTo("CONNECT_REFUSED");
            assertThat(countsOverConnections(vip, 20)).isEqualTo(Map.of("backend-3", 20));
            backends.get(0).answerChecksWith(200);
            backends.get(1).startAgain();
            awaitStatuses(poolId, "ONLINE", "ONLINE", "ONLINE");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(countsOverConnections(vip, 20)).hasSize(3));
            assertThat(traffic.failures())
                    .as("requests that failed: %s", traffic.firstFailure())
                    .isZero();
            assertThat(traffic.requests()).isGreaterThan(100);
        }
    }

    @Test
    void changesDropNoRequestAndNoConnection() throws IOException {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var poolId = elb.createPool(loadBalancer.getId(), "HTTP", "LEAST_CONNECTIONS");
        var first = elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
        var listenerId = elb.createListener(loadBalancer.getId(), "HTTP", PORT, poolId);
        var vip = loadBalancer.getVipAddress();
        awaitServing(vip);

        try (var traffic = new Traffic(vip, PORT)) {
            for (int round = 0; round < 10; round++) {
                var second = elb.createMember(poolId, cloud, 2, BACKEND_PORT, 1 + round);
                elb.setWeight(poolId, first, 1 + round % 3);
                elb.renameListener(listenerId, "round " + round);
                elb.deleteMember(poolId, second);
            }
            int seen = traffic.requests();
            await().atMost(PATIENCE).until(() -> traffic.requests() > seen + 50);
            assertThat(traffic.failures())
                    .as("requests that failed: %s", traffic.firstFailure())
                    .isZero();
            assertThat(traffic.connections()).isEqualTo(1);
        }
    }

    @Test
    void aStoppedServerIsOutAtOnceAndCountsAsNewWhenItIsBack() throws IOException {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var poolId = elb.createPool(loadBalancer.getId(), "TCP", "ROUND_ROBIN");
        elb.createTcpMonitor(poolId);
        elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
        elb.createMember(poolId, cloud, 2, BACKEND_PORT, 1);
        elb.createListener(loadBalancer.getId(), "TCP", PORT, poolId);
        var vip = loadBalancer.getVipAddress();
        awaitStatuses(poolId, "ONLINE", "ONLINE");

        cloud.server(1, "linux", "ubuntu", "STOPPED");

        assertThat(elb.statuses(poolId)).containsExactly("OFFLINE", "ONLINE");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(countsOverConnections(vip, 20)).isEqualTo(Map.of("backend-2", 20)));
        cloud.server(1);
        awaitStatuses(poolId, "ONLINE", "ONLINE");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(countsOverConnections(vip, 20)).isEqualTo(Map.of("backend-1", 10, "backend-2", 10)));
    }

    @Test
    void aPortThatAnotherProcessHoldsIsSaidAndTakenOnceItIsFree() throws IOException {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var vip = loadBalancer.getVipAddress();
        var poolId = elb.createPool(loadBalancer.getId(), "HTTP", "SOURCE_IP");
        elb.createMember(poolId, cloud, 3, BACKEND_PORT, 1);
        String listenerId;
        try (var holder = new ServerSocket(PORT, 1, InetAddress.ofLiteral(vip))) {
            listenerId = elb.createListener(loadBalancer.getId(), "HTTP", PORT, poolId);
            elb.createListener(loadBalancer.getId(), "HTTP", PORT + 1, poolId);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(reasonOf(listenerId)).startsWith("PORT_IN_USE"));
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() ->
                            assertThat(Client.once(vip, PORT + 1).status()).isEqualTo(200));
            assertThat(holder.isBound()).isTrue();
        }
        awaitServing(vip);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reasonOf(listenerId)).isEmpty());
    }

    private String reasonOf(String listenerId) {
        return api.get(api.elb("/listeners/" + listenerId))
                .expect(200)
                .path("listener")
                .path("evenkeel")
                .path("reason")
                .asString("");
    }

    private void awaitStatuses(String poolId, String... statuses) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(elb.statuses(poolId)).containsExactly(statuses));
    }

    private static void awaitServing(String vip) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(Client.once(vip, PORT).status()).isEqualTo(200));
    }

    private static Map<String, Integer> countsOverOneConnection(String vip, int requests) throws IOException {
        var counts = new TreeMap<String, Integer>();
        try (var client = new Client(vip, PORT)) {
            for (int i = 0; i < requests; i++) {
                counts.merge(bodyOf(client.get("/")), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Integer> countsOverConnections(String vip, int requests) throws IOException {
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < requests; i++) {
            counts.merge(bodyOf(Client.once(vip, PORT)), 1, Integer::sum);
        }
        return counts;
    }

    private static String bodyOf(Client.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
