package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Sticky sessions unbalance the load, which the answer says; without them it is balanced, which it says as well. */
@EvenkeelTest
class DistributionEndToEndTests {

    private static final int PORT = 18_391;
    private static final int BACKEND_PORT = 19_391;
    private static final int REQUESTS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Api api;
    private final JdbcClient jdbc;
    private final Elb elb;
    private final Cloud cloud;
    private List<Backend> backends = List.of();
    private String vip = "";
    private String poolId = "";

    @Autowired
    DistributionEndToEndTests(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
    }

    @BeforeEach
    void serve() {
        backends = Stream.of(1, 2).map(this::backend).toList();
        var loadBalancer = elb.createLoadBalancer(cloud);
        vip = loadBalancer.getVipAddress();
        poolId = elb.createPool(loadBalancer.getId(), "HTTP", "ROUND_ROBIN");
        elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
        elb.createMember(poolId, cloud, 2, BACKEND_PORT, 1);
        elb.createListener(loadBalancer.getId(), "HTTP", PORT, poolId);
        change(Map.of("session_persistence", Map.of("type", "HTTP_COOKIE")));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(ask("").headers().map()).containsKey("set-cookie"));
    }

    private Backend backend(int n) {
        cloud.server(n);
        return new Backend("backend-" + n, cloud.address(n), BACKEND_PORT);
    }

    private void change(Map<String, Object> fields) {
        api.put(api.elb("/pools/" + poolId), Map.of("pool", fields)).expect(200);
    }

    @AfterEach
    void close() {
        backends.forEach(Backend::close);
    }

    private HttpResponse<String> ask(String cookie) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://" + vip + ":" + PORT + "/"));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One client keeps its session, as a browser does. */
    private void browse() throws IOException {
        var cookie = ask("").headers().firstValue("set-cookie").map(set -> set.split(";", 2)[0]);
        for (int i = 1; i < REQUESTS; i++) {
            ask(cookie.orElse(""));
        }
    }

    /** What went before is of an earlier window. */
    private void forgetTraffic() {
        awaitServed();
        jdbc.sql("update traffic_10s set bucket = bucket - interval '1 hour' where pool_id = ?")
                .param(UUID.fromString(poolId))
                .update();
        backends.forEach(Backend::close);
        backends = Stream.of(1, 2).map(this::backend).toList();
    }

    private JsonNode distribution() {
        return api.get(api.elb("/pools/" + poolId + "/distribution?window=1m"))
                .expect(200)
                .path("distribution");
    }

    /** Once all that was served is told. */
    private JsonNode awaitServed() {
        int served = backends.stream().mapToInt(Backend::served).sum();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(distribution().path("requests").asInt()).isEqualTo(served));
        return distribution();
    }

    private static Map<String, Integer> requests(JsonNode answer) {
        var requests = new HashMap<String, Integer>();
        answer.path("members")
                .valueStream()
                .forEach(member -> requests.put(
                        member.path("address").asString(),
                        member.path("requests").asInt()));
        return requests;
    }

    @Test
    void stickySessionsUnbalanceTheLoadAndTheAnswerSaysSo() throws IOException {
        forgetTraffic();

        browse();

        var answer = awaitServed();
        assertThat(answer.path("verdict").asString()).isEqualTo("unbalanced");
        assertThat(answer.path("causes").get(0).path("code").asString()).isEqualTo("STICKY_SESSIONS");
        assertThat(answer.path("causes").get(0).path("advice").asString())
                .isEqualTo("Disable sticky sessions, or add clients.");
        assertThat(answer.path("distinct_sessions").asInt()).isEqualTo(1);
        assertThat(answer.path("largest_ratio").asDouble()).isEqualTo(2);
        assertThat(requests(answer))
                .isEqualTo(Map.of(
                        cloud.address(1), backends.getFirst().served(),
                        cloud.address(2), backends.getLast().served()));

        var off = new HashMap<String, Object>();
        off.put("session_persistence", null);
        change(off);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask("").headers().map()).doesNotContainKey("set-cookie"));
        forgetTraffic();
        browse();

        var without = awaitServed();
        assertThat(without.path("verdict").asString()).isEqualTo("balanced");
        assertThat(without.path("causes")).isEmpty();
        assertThat(requests(without).values())
                .allSatisfy(count -> assertThat(count).isBetween(REQUESTS / 2 - 8, REQUESTS / 2 + 8));
    }
}
