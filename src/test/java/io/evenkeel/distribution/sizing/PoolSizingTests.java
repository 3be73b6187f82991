package io.evenkeel.distribution.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.status.traffic.TrafficRecorder;
import io.evenkeel.status.traffic.TrafficRow;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** How many members are enough, by rows that workers wrote. */
@EvenkeelTest
class PoolSizingTests {

    @Autowired
    private Api api;

    @Autowired
    private TrafficRecorder recorder;

    private final UUID listener = UUID.randomUUID();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private final List<String> members = new ArrayList<>();
    private Estate estate;
    private String loadBalancer = "";
    private String pool = "";

    @BeforeEach
    void createPool() {
        estate = Estate.create(api);
        estate.servers(6);
        loadBalancer = estate.loadBalancer();
        pool = estate.poolOf(loadBalancer);
    }

    private void addMembers(String to, int count) {
        for (int server = 1; server <= count; server++) {
            members.add(estate.member(to, server));
        }
    }

    /** So many ten seconds, in which each member had so many requests, and as many under way at the end. */
    private void write(int readings, long requests) {
        for (int i = 0; i < readings; i++) {
            var bucket = now.minus(Duration.ofSeconds(60 + 10L * i));
            recorder.record(
                    "w-1",
                    bucket,
                    bucket.plusSeconds(10),
                    members.stream().map(member -> row(member, requests)).toList());
        }
    }

    private TrafficRow row(String member, long requests) {
        var counts = new TrafficRow.Counts(
                0, 0, requests, requests, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return new TrafficRow(
                UUID.randomUUID(),
                listener,
                UUID.fromString(pool),
                UUID.fromString(member),
                counts,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private JsonNode answer(String query) {
        return api.get(api.elb("/pools/" + pool + "/sizing" + query))
                .expect(200)
                .path("sizing");
    }

    private static List<String> removable(JsonNode answer) {
        return answer.path("members")
                .valueStream()
                .filter(member -> member.path("can_be_removed").asBoolean())
                .map(member -> member.path("member_id").asString())
                .toList();
    }

    @Test
    void saysWhenThereIsTooLittleToSay() {
        addMembers(pool, 2);
        write(5, 100);

        var answer = answer("");

        assertThat(answer.path("verdict").asString()).isEqualTo("too little data");
        assertThat(answer.path("summary").asString()).startsWith("The load is known of 5 times and 1000 requests");
        assertThat(answer.path("needed_members").isNull()).isTrue();
        assertThat(answer.path("working_members").asInt()).isEqualTo(2);
        assertThat(answer.path("window").path("asked").asString()).isEqualTo("24h");
        assertThat(answer.path("window").path("readings").asInt()).isEqualTo(5);
        assertThat(removable(answer)).isEmpty();
    }

    @Test
    void cannotSpareWhoeverIsNeededAtTheMeasuredPeak() {
        addMembers(pool, 4);
        write(10, 100);

        var answer = answer("?window=1h");

        assertThat(answer.path("verdict").asString()).isEqualTo("too few members");
        assertThat(answer.path("unit").asString()).isEqualTo("requests per second");
        assertThat(answer.path("peak_load").asDouble()).isEqualTo(40);
        assertThat(answer.path("member_capacity").asDouble()).isEqualTo(10);
        assertThat(answer.path("needed_members").asInt()).isEqualTo(8);
        assertThat(answer.path("zones").get(0).path("availability_zone").asString())
                .isEqualTo("az-1");
        assertThat(answer.path("zones").get(0).path("capacity_without_it").asDouble())
                .isEqualTo(20);
        assertThat(answer.path("zones").get(0).path("is_loss_survived").asBoolean(true))
                .isFalse();
        assertThat(answer.path("summary").asString())
                .contains("4 working members")
                .contains("8 would");
    }

    @Test
    void sparesWhatIsNotNeededByTheCapacityGiven() {
        addMembers(pool, 6);
        write(10, 100);

        var answer = answer("?member_capacity=30");

        assertThat(answer.path("verdict").asString()).isEqualTo("enough members");
        assertThat(answer.path("is_capacity_given").asBoolean()).isTrue();
        assertThat(answer.path("peak_load").asDouble()).isEqualTo(60);
        assertThat(answer.path("needed_members").asInt()).isEqualTo(4);
        assertThat(removable(answer)).hasSize(6);
        api.delete(api.elb("/pools/" + pool + "/members/" + members.get(0))).expect(204);
        assertThat(removable(answer("?member_capacity=30")))
                .containsExactly(members.get(1), members.get(3), members.get(5));
        var needed = answer("?member_capacity=30").path("members").get(1);
        assertThat(needed.path("member_id").asString()).isEqualTo(members.get(2));
        assertThat(needed.path("breaks").toString())
                .isEqualTo("[{\"code\":\"ZONE_LOSS_NOT_SURVIVED\",\"availability_zone\":\"az-2\"}]");
        api.get(api.elb("/pools/" + pool + "/sizing?member_capacity=0")).expect(400);
    }

    @Test
    void keepsAZoneServedHoweverSmallTheLoad() {
        addMembers(pool, 3);
        write(10, 10);

        var answer = answer("?member_capacity=1000");

        assertThat(answer.path("needed_members").asInt()).isEqualTo(2);
        assertThat(removable(answer)).containsExactly(members.get(0), members.get(2));
        assertThat(answer.path("members").get(1).path("breaks").toString())
                .contains("{\"code\":\"ZONE_WITHOUT_MEMBER\",\"availability_zone\":\"az-2\"}");
    }

    @Test
    void measuresConnectionsWhereTheyAreTheLoad() {
        var tcp = estate.pool(Map.of("loadbalancer_id", loadBalancer, "protocol", "TCP"));
        pool = tcp;
        addMembers(tcp, 2);
        write(10, 50);

        var answer = answer("");

        assertThat(answer.path("unit").asString()).isEqualTo("open connections");
        assertThat(answer.path("peak_load").asDouble()).isEqualTo(100);
        assertThat(answer.path("member_capacity").asDouble()).isEqualTo(50);
    }

    @Test
    void takesTheSameNumberOfStatementsWhateverTheSize() {
        addMembers(pool, 2);
        var path = api.elb("/pools/" + pool + "/sizing");
        int few = Statements.during(() -> api.get(path).expect(200));
        write(20, 100);

        assertThat(Statements.during(() -> api.get(path).expect(200))).isEqualTo(few);
        api.get(api.elb("/pools/" + listener + "/sizing")).expect(404);
    }
}
