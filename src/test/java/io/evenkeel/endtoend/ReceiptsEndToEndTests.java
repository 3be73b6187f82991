package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.LiveWorkers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What receipts say, against what clients see over new connections, in 200 changes; in as many as the system property
 * {@code evenkeel.receipts.changes} says where it is set.
 */
@EvenkeelTest
class ReceiptsEndToEndTests {

    private static final int PORT = 18_610;
    private static final int BACKEND_PORT = 19_610;
    private static final int AT_ONCE = 4;
    private static final int CHANGES_EACH = Integer.getInteger("evenkeel.receipts.changes", 200) / AT_ONCE;
    private static final int LOOKS = 3;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void countOnTheRealWorkerAlone() {
        LiveWorkers.onlyTheReal(jdbc);
    }

    @Test
    void whatIsSaidToBeServedIsWhatEveryClientSees() throws Exception {
        List<Callable<Integer>> runs = IntStream.range(0, AT_ONCE)
                .<Callable<Integer>>mapToObj(n -> this::run)
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var run : threads.invokeAll(runs)) {
                assertThat(run.get()).isEqualTo(CHANGES_EACH);
            }
        }
    }

    private int run() throws IOException {
        var estate = Estate.createOnLoopback(api);
        estate.servers(2);
        var vip = estate.cloud().vip(10);
        var loadBalancer = estate.loadBalancer(Map.of("vip_address", vip));
        var pool = estate.poolOf(loadBalancer);
        try (var _ = new Backend("backend-0", estate.cloud().address(1), BACKEND_PORT);
                var _ = new Backend("backend-1", estate.cloud().address(2), BACKEND_PORT)) {
            var members = List.of(
                    estate.member(pool, 1, Map.of("protocol_port", BACKEND_PORT)),
                    estate.member(pool, 2, Map.of("protocol_port", BACKEND_PORT)));
            var listener = estate.listener(
                    loadBalancer, "HTTP", PORT, Map.of("default_pool_id", pool, "enhance_l7policy_enable", true));
            var policy = fixedAnswer(estate, listener);
            int seen = 0;
            for (int change = 0; change < CHANGES_EACH; change++) {
                seen += change % 2 == 0 ? answersWith(vip, policy, change) : goesTo(vip, pool, members, change / 2 % 2);
            }
            return seen;
        }
    }

    private static String fixedAnswer(Estate estate, String listener) {
        var rule = Map.of("type", "PATH", "compare_type", "EQUAL_TO", "value", "/fixed");
        return estate.create(
                "/l7policies",
                "l7policy",
                Map.of(
                        "listener_id",
                        listener,
                        "action",
                        "FIXED_RESPONSE",
                        "fixed_response_config",
                        Map.of("status_code", "200", "message_body", "before"),
                        "rules",
                        List.of(rule)));
    }

    /** A change of the load balancer. */
    private int answersWith(String vip, String policy, int change) throws IOException {
        var text = "change " + change;
        awaitServed(
                "/l7policies/" + policy,
                Map.of(
                        "l7policy",
                        Map.of("fixed_response_config", Map.of("status_code", "200", "message_body", text))));
        return sees(vip, "/fixed", text);
    }

    /** A change of the pool: one member takes all. */
    private int goesTo(String vip, String pool, List<String> members, int taking) throws IOException {
        var weights = IntStream.range(0, 2)
                .mapToObj(n -> Map.of("id", members.get(n), "weight", n == taking ? 1 : 0))
                .toList();
        awaitServed("/pools/" + pool + "/members/batch-update", Map.of("members", weights));
        return sees(vip, "/", "backend-" + taking);
    }

    private void awaitServed(String path, Map<String, ?> body) {
        var method = path.endsWith("batch-update") ? "POST" : "PUT";
        var answer = api.send(method, api.elb(path + "?wait=20s"), body, Map.of());
        answer.expect(200);
        assertThat(answer.raw().headers().firstValue("X-Elb-Serving"))
                .as(answer.raw().body())
                .contains("true");
    }

    /** Over new connections, which the system spreads over the event loops. */
    private static int sees(String vip, String path, String expected) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            try (var client = new Client(vip, PORT)) {
                assertThat(client.get(path).body()).isEqualTo(expected);
            }
        }
        return 1;
    }
}
