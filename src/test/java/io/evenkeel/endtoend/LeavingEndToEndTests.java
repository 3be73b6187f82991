package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** How members come, go and stand in for each other, by where requests land. The worker is in zone az-1. */
@EvenkeelTest
class LeavingEndToEndTests {

    private static final int PORT = 18_520;
    private static final int BACKEND_PORT = 19_520;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OFF_BY_LOOPS = 2 * Runtime.getRuntime().availableProcessors();

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;
    private final List<Backend> backends = new ArrayList<>();
    private final String loadBalancerId;
    private final String vip;

    @Autowired
    LeavingEndToEndTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
        var loadBalancer = elb.createLoadBalancer(cloud);
        this.loadBalancerId = loadBalancer.getId();
        this.vip = loadBalancer.getVipAddress();
        // Odd numbers are in az-1, even ones in az-2.
        for (int n = 1; n <= 4; n++) {
            cloud.server(n);
            backends.add(new Backend(Integer.toString(n), cloud.address(n), BACKEND_PORT));
        }
    }

    @AfterEach
    void close() {
        api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb")).expect(204);
        backends.forEach(Backend::close);
    }

    private void become(int server, int checkStatus) {
        backends.get(server - 1).answerChecksWith(checkStatus);
    }

    private void update(String poolId, Map<String, ?> settings) {
        api.put(api.elb("/pools/" + poolId), Map.of("pool", settings)).expect(200);
    }

    private String pool(String protocol, Map<String, ?> settings, int... servers) {
        var poolId = elb.createPool(loadBalancerId, protocol, "ROUND_ROBIN");
        update(poolId, settings);
        for (int server : servers) {
            elb.createMember(poolId, cloud, server, BACKEND_PORT, 1);
        }
        return poolId;
    }

    private void listen(String protocol, String poolId) {
        elb.createListener(loadBalancerId, protocol, PORT, poolId);
    }

    /** How often each answers so many requests, each over a connection of its own; "503" or "none" when nobody does. */
    private Map<String, Integer> landed(int requests) {
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < requests; i++) {
            counts.merge(asked(), 1, Integer::sum);
        }
        return counts;
    }

    private String asked() {
        try {
            var answer = Client.once(vip, PORT);
            return answer.status() == 200 ? answer.body() : Integer.toString(answer.status());
        } catch (IOException refused) {
            return "none";
        }
    }

    private void awaitLanded(String... names) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(landed(12).keySet()).isEqualTo(Set.of(names)));
    }

    private String observed(String poolId) {
        var observed = api.get(api.elb("/pools/" + poolId)).expect(200).at("/pool/evenkeel");
        return observed.path("operating_status").asString() + " "
                + observed.path("reason").asString().replaceAll(":.*", "");
    }

    private List<String> events(String poolId) {
        return api.get(api.elb("/events?resource_id=" + poolId))
                .expect(200)
                .path("events")
                .valueStream()
                .map(event -> event.path("kind").asString() + " "
                        + event.path("details").path("why").asString())
                .filter(event -> event.startsWith("STAND_IN"))
                .toList();
    }

    @Test
    void aSessionOfAMemberThatLeavesIsCutWhenItsTimeIsOver() throws IOException {
        var poolId = pool("TCP", Map.of("connection_drain", Map.of("enable", true, "timeout", 10)), 1, 2);
        listen("TCP", poolId);
        awaitLanded("1", "2");
        try (var client = new Client(vip, PORT)) {
            var name = client.get("/").body();
            long begun = System.nanoTime();
            var member = memberOf(poolId, name);
            elb.setWeight(poolId, member, 0);
            awaitLanded(name.equals("1") ? "2" : "1");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(reason(poolId, member)).startsWith("DRAINING: what is under way ends at 2"));
            assertThat(client.get("/").body()).isEqualTo(name);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isLost(client));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(reason(poolId, member)).isEmpty());
        }
    }

    private String reason(String poolId, String member) {
        return api.get(api.elb("/pools/" + poolId + "/members/" + member))
                .expect(200)
                .at("/member/evenkeel/reason")
                .asString("");
    }

    private String memberOf(String poolId, String name) {
        return elb.members(poolId).stream()
                .filter(member -> member.getAddress().equals(cloud.address(Integer.parseInt(name))))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private static boolean isLost(Client client) {
        try {
            client.get("/");
            return false;
        } catch (IOException lost) {
            return true;
        }
    }

    @Test
    void aNewcomerIsEasedIn() {
        var poolId = pool("HTTP", Map.of("slow_start", Map.of("enable", true, "duration", 1200)), 1, 2);
        listen("HTTP", poolId);
        awaitLanded("1", "2");
        assertThat(landed(100).get("2")).as("of those who begin together").isCloseTo(50, within(OFF_BY_LOOPS));
        elb.createMember(poolId, cloud, 3, BACKEND_PORT, 1);
        // 1 of 41, until two minutes are over.
        assertThat(landed(205).getOrDefault("3", 0)).isCloseTo(5, within(OFF_BY_LOOPS));
        update(poolId, Map.of("slow_start", Map.of("enable", false)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(landed(150).get("3")).isCloseTo(50, within(OFF_BY_LOOPS + 1)));
    }

    @Test
    void failOpenIsSaidInStatusAndEvents() {
        var poolId = pool("HTTP", Map.of(), 1, 2);
        elb.createHttpMonitor(poolId, "/check");
        listen("HTTP", poolId);
        awaitLanded("1", "2");
        become(1, 503);
        become(2, 503);
        awaitLanded("503");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(observed(poolId)).isEqualTo("OFFLINE MEMBERS_OFFLINE"));
        update(poolId, Map.of("pool_health", Map.of("minimum_healthy_member_count", 1)));
        awaitLanded("1", "2");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(observed(poolId)).isEqualTo("DEGRADED FAIL_OPEN"));
        become(1, 200);
        awaitLanded("1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events(poolId))
                        .containsExactlyInAnyOrder("STAND_IN_BEGAN FAIL_OPEN", "STAND_IN_ENDED FAIL_OPEN"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(observed(poolId)).isEqualTo("DEGRADED MEMBERS_OFFLINE"));
    }

    /** One of the two in the worker's zone is ill, and one of the two in the other. */
    @ParameterizedTest
    @CsvSource({
        "1, forward_to_all_member_of_local_az,      1",
        "2, forward_to_all_member_of_local_az,      1 3",
        "2, forward_to_healthy_member_of_remote_az, 4",
        "2, forward_to_all_healthy_member,          1 4",
        "2, forward_to_all_member,                  1 2 3 4"
    })
    void trafficStaysInTheZoneUntilTooFewAreWellThere(int minimum, String fallback, String landed) {
        become(2, 503);
        become(3, 503);
        var affinity = Map.of(
                "enable", true, "az_minimum_healthy_member_count", minimum, "az_unhealthy_fallback_strategy", fallback);
        var poolId = pool("TCP", Map.of("az_affinity", affinity), 1, 2, 3, 4);
        elb.createHttpMonitor(poolId, "/check");
        listen("TCP", poolId);
        awaitLanded(landed.split(" ", -1));
    }

    @Test
    void theStandbyServesWhileTheMasterDoesNot() {
        var pair = Map.of(
                "protocol",
                "TCP",
                "lb_algorithm",
                "ROUND_ROBIN",
                "loadbalancer_id",
                loadBalancerId,
                "members",
                List.of(part(1, "master"), part(2, "slave")),
                "healthmonitor",
                Map.of("type", "HTTP", "url_path", "/check", "delay", 1, "timeout", 1, "max_retries", 1));
        var poolId = api.post(api.elb("/master-slave-pools"), Map.of("pool", pair))
                .expect(201)
                .at("/pool/id")
                .asString();
        listen("TCP", poolId);
        awaitLanded("1");
        become(1, 503);
        awaitLanded("2");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(observed(poolId)).isEqualTo("DEGRADED STANDBY"));
        become(1, 200);
        awaitLanded("1");
        assertThat(new HashSet<>(events(poolId))).contains("STAND_IN_BEGAN STANDBY");
    }

    private Map<String, Object> part(int server, String role) {
        return Map.of(
                "address",
                cloud.address(server),
                "subnet_cidr_id",
                cloud.serverSubnetId(),
                "protocol_port",
                BACKEND_PORT,
                "role",
                role);
    }
}
