package io.evenkeel.writes;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A dry run answers what the write would, tells what it would change, and leaves nothing. */
@EvenkeelTest
class DryRunTests {

    private static final int CALLERS = 64;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Estate estate;
    private String loadBalancer;
    private String pool;
    private String listener;

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        estate.servers(3);
        loadBalancer = estate.loadBalancer();
        pool = estate.poolOf(loadBalancer);
        listener = estate.listener(loadBalancer, 80, pool);
    }

    private Api.Answer rehearse(String method, String path, @Nullable Object body) {
        return api.send(method, api.elb(path) + "?dry_run=true", body, Map.of());
    }

    private Map<String, ?> newMember(int server) {
        return Map.of(
                "member",
                Map.of(
                        "address",
                        estate.cloud().address(server),
                        "subnet_cidr_id",
                        estate.cloud().serverSubnetId(),
                        "protocol_port",
                        80));
    }

    private static JsonNode shareOf(JsonNode plan, String member) {
        return plan.path("members")
                .valueStream()
                .filter(change -> change.path("id").asString().equals(member))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsTheSharesBeforeAndAfterAMemberIsAdded() {
        var first = estate.member(pool, 1);
        var answer =
                rehearse("POST", "/pools/" + pool + "/members", newMember(2)).expect(201);

        var plan = answer.path("plan");
        var added = answer.at("/member/id").asString();
        assertThat(shareOf(plan, first).at("/expected_share/before").asDouble()).isEqualTo(1.0);
        assertThat(shareOf(plan, first).at("/expected_share/after").asDouble()).isEqualTo(0.5);
        assertThat(shareOf(plan, first).path("change").asString()).isEqualTo("share");
        assertThat(shareOf(plan, added).path("change").asString()).isEqualTo("added");
        assertThat(shareOf(plan, added).at("/expected_share/before").isNull()).isTrue();
        assertThat(shareOf(plan, added).at("/expected_share/after").asDouble()).isEqualTo(0.5);
        assertThat(estate.ids("/pools/" + pool + "/members")).containsExactly(first);
    }

    @Test
    void tellsWhatADeletionWouldTakeAndAnswersWithABody() {
        var first = estate.member(pool, 1);
        var second = estate.member(pool, 2, Map.of("weight", 3));
        var answer = rehearse("DELETE", "/pools/" + pool + "/members/" + second, null)
                .expect(200);

        assertThat(shareOf(answer.path("plan"), second).path("change").asString())
                .isEqualTo("removed");
        assertThat(shareOf(answer.path("plan"), second)
                        .at("/expected_share/before")
                        .asDouble())
                .isEqualTo(0.75);
        assertThat(shareOf(answer.path("plan"), first)
                        .at("/expected_share/after")
                        .asDouble())
                .isEqualTo(1.0);
        assertThat(estate.ids("/pools/" + pool + "/members")).containsExactly(first, second);
    }

    @Test
    void tellsWhichListenersChange() {
        var answer = rehearse("PUT", "/listeners/" + listener, Map.of("listener", Map.of("keepalive_timeout", 7)))
                .expect(200);

        assertThat(answer.at("/listener/keepalive_timeout").asInt()).isEqualTo(7);
        assertThat(answer.at("/plan/listeners")).hasSize(1);
        assertThat(answer.at("/plan/listeners/0/id").asString()).isEqualTo(listener);
        assertThat(answer.at("/plan/listeners/0/change").asString()).isEqualTo("changed");
        assertThat(estate.show("/listeners/" + listener)
                        .path("keepalive_timeout")
                        .asInt())
                .isEqualTo(60);
    }

    @Test
    void aWriteThatChangesNoTrafficHasAnEmptyPlan() {
        var answer = rehearse("PUT", "/pools/" + pool, Map.of("pool", Map.of("description", "d")))
                .expect(200);

        assertThat(answer.at("/plan/listeners")).isEmpty();
        assertThat(answer.at("/plan/members")).isEmpty();
        assertThat(estate.show("/pools/" + pool).path("description").asString()).isEmpty();
    }

    @Test
    void refusesWhatTheWriteWouldRefuse() {
        estate.member(pool, 1);

        assertThat(rehearse("POST", "/pools/" + pool + "/members", newMember(1)).status())
                .isEqualTo(409);
        assertThat(rehearse("DELETE", "/loadbalancers/" + loadBalancer, null).status())
                .isEqualTo(409);
        var unknown = api.send("DELETE", api.elb("/pools/" + pool) + "?dry_run=perhaps", null, Map.of());
        assertThat(unknown.expect(400).path("error_msg").asString()).contains("dry_run");
        var misspelt = api.send("DELETE", api.elb("/pools/" + pool) + "?dryrun=true", null, Map.of());
        assertThat(misspelt.expect(400).path("error_msg").asString()).contains("dryrun");
    }

    @Test
    void sixtyFourAtOnceStoreNothing() {
        long before = generation();
        var race = new Race(jdbc);
        for (int n = 0; n < CALLERS; n++) {
            race.with(call(() -> rehearse("POST", "/pools/" + pool + "/members", newMember(3)), "201"));
        }
        race.run(4);

        assertThat(estate.ids("/pools/" + pool + "/members")).isEmpty();
        assertThat(generation()).isEqualTo(before);
        estate.member(pool, 3);
    }

    private long generation() {
        return jdbc.sql("select generation from pool where id = cast(:id as uuid)")
                .param("id", pool)
                .query(Long.class)
                .single();
    }
}
