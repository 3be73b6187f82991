package io.evenkeel.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.status.traffic.TrafficRecorder;
import io.evenkeel.status.traffic.TrafficRow;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is answered of rows that workers wrote. */
@EvenkeelTest
class PoolDistributionTests {

    @Autowired
    private Api api;

    @Autowired
    private TrafficRecorder recorder;

    @Autowired
    private JdbcClient jdbc;

    private final UUID listener = UUID.randomUUID();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private String pool = "";
    private String first = "";
    private String second = "";

    @BeforeEach
    void createPool() {
        var estate = Estate.create(api);
        estate.servers(2);
        pool = estate.poolOf(estate.loadBalancer());
        first = estate.member(pool, 1);
        second = estate.member(pool, 2);
    }

    private record Counted(
            long picked, long retries, long stuck, long configured, long expected, long away, long active) {

        static Counted asPlanned(long picked) {
            return new Counted(picked, 0, 0, picked, picked, 0, 0);
        }
    }

    private TrafficRow row(@Nullable String member, Counted counted, List<Integer> clients, List<Integer> sessions) {
        var counts = new TrafficRow.Counts(
                0,
                0,
                counted.picked(),
                counted.active(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                counted.retries(),
                0,
                0,
                0,
                0,
                0,
                counted.stuck(),
                0,
                counted.configured(),
                counted.expected(),
                counted.away());
        return new TrafficRow(
                UUID.randomUUID(),
                listener,
                UUID.fromString(pool),
                member == null ? null : UUID.fromString(member),
                counts,
                List.of(),
                List.of(),
                clients,
                sessions);
    }

    private void write(String worker, Duration ago, TrafficRow... rows) {
        var bucket = now.minus(ago);
        recorder.record(worker, bucket, bucket.plusSeconds(10), List.of(rows));
    }

    private void write(Duration ago, Counted ofFirst, Counted ofSecond) {
        write("w-1", ago, row(first, ofFirst, List.of(), List.of()), row(second, ofSecond, List.of(), List.of()));
    }

    private JsonNode answer(String query) {
        return api.get(api.elb("/pools/" + pool + "/distribution" + query))
                .expect(200)
                .path("distribution");
    }

    private static JsonNode member(JsonNode answer, String id) {
        return answer.path("members")
                .valueStream()
                .filter(member -> member.path("member_id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> causes(JsonNode answer) {
        return answer.path("causes")
                .valueStream()
                .map(cause -> cause.path("code").asString())
                .toList();
    }

    @Test
    void saysThatNothingCanBeSaidWithoutTraffic() {
        var answer = answer("");

        assertThat(answer.path("verdict").asString()).isEqualTo("too few requests");
        assertThat(answer.path("pool_id").asString()).isEqualTo(pool);
        assertThat(answer.path("window").path("asked").asString()).isEqualTo("10m");
        assertThat(answer.path("window").path("from").isNull()).isTrue();
        assertThat(answer.path("window").path("workers")).isEmpty();
        assertThat(answer.path("largest_ratio").isNull()).isTrue();
        assertThat(answer.path("members")).hasSize(2);
        assertThat(member(answer, first).path("weight_share").asDouble()).isEqualTo(0.5);
        assertThat(member(answer, first).path("availability_zone").asString()).isEqualTo("az-1");
    }

    @Test
    void addsUpWorkersAndSaysWhichTimeItTellsOf() {
        write(Duration.ofMinutes(3), Counted.asPlanned(100), Counted.asPlanned(100));
        write("w-2", Duration.ofMinutes(1), row(first, Counted.asPlanned(50), List.of(), List.of()));
        write("w-2", Duration.ofSeconds(50), row(second, Counted.asPlanned(50), List.of(), List.of()));

        var answer = answer("");

        assertThat(answer.path("verdict").asString()).isEqualTo("balanced");
        assertThat(answer.path("requests").asLong()).isEqualTo(300);
        assertThat(causes(answer)).isEmpty();
        var window = answer.path("window");
        assertThat(Instant.parse(window.path("from").asString())).isEqualTo(now.minus(Duration.ofMinutes(3)));
        assertThat(Instant.parse(window.path("to").asString())).isEqualTo(now.minus(Duration.ofSeconds(40)));
        assertThat(window.path("seconds").asLong()).isEqualTo(140);
        assertThat(window.path("workers").valueStream().map(JsonNode::toString))
                .containsExactly(
                        "{\"worker_id\":\"w-1\",\"requests\":200}", "{\"worker_id\":\"w-2\",\"requests\":100}");
        assertThat(member(answer, first).path("ratio").asDouble()).isEqualTo(1);
    }

    @Test
    void namesStickySessionsWithTheSessionsSeen() {
        write(
                "w-1",
                Duration.ofMinutes(2),
                row(first, new Counted(380, 0, 370, 200, 200, 0, 0), List.of(), List.of()),
                row(second, new Counted(20, 0, 15, 200, 200, 0, 0), List.of(), List.of()),
                row(null, new Counted(0, 0, 0, 0, 0, 0, 0), List.of(65, 130), List.of(65, 130, 200)));
        write(
                "w-2",
                Duration.ofMinutes(2),
                row(null, new Counted(0, 0, 0, 0, 0, 0, 0), List.of(66, 300), List.of(65, 131, 201)));

        var answer = answer("?window=5m");

        assertThat(answer.path("verdict").asString()).isEqualTo("unbalanced");
        assertThat(causes(answer)).startsWith("STICKY_SESSIONS").contains("FEW_CLIENTS");
        assertThat(answer.path("distinct_sessions").asLong()).isEqualTo(3);
        assertThat(answer.path("distinct_clients").asLong()).isEqualTo(3);
        assertThat(answer.path("largest_ratio").asDouble()).isEqualTo(1.9);
        assertThat(answer.path("summary").asString())
                .contains("96 % of the requests")
                .contains("about 3 sessions")
                .contains("Disable sticky sessions, or add clients.");
        assertThat(answer.path("requests_test").path("degrees_of_freedom").asInt())
                .isEqualTo(1);
        assertThat(answer.path("requests_test").path("probability").asDouble()).isZero();
        assertThat(member(answer, first).path("sticky_requests").asLong()).isEqualTo(370);
    }

    @Test
    void tellsWhoWasAwayAndHowOften() {
        write(Duration.ofMinutes(2), new Counted(290, 0, 0, 200, 290, 0, 0), new Counted(110, 0, 0, 200, 110, 90, 0));
        jdbc.sql("""
                        insert into event (id, project_id, happened_at, kind, resource_kind, resource_id, message, details)
                        values (gen_random_uuid(), ?, now() - interval '90 seconds', 'MEMBER_OFFLINE', 'member', ?, '', '{}')""").params(api.projectId(), second).update();

        var answer = answer("");

        assertThat(causes(answer)).first().isEqualTo("FLAPPING_MEMBERS");
        var away = member(answer, second);
        assertThat(away.path("availability").asDouble()).isEqualTo(0.55);
        assertThat(away.path("outages").asInt()).isEqualTo(1);
        assertThat(away.path("weight_share").asDouble()).isEqualTo(0.5);
        assertThat(away.path("expected_share").asDouble()).isEqualTo(0.275);
        assertThat(away.path("request_share").asDouble()).isEqualTo(0.275);
    }

    @Test
    void showsWhoIsNoMemberAnyMore() {
        write(Duration.ofMinutes(2), Counted.asPlanned(100), Counted.asPlanned(100));
        api.delete(api.elb("/pools/" + pool + "/members/" + second)).expect(204);

        var answer = answer("");

        assertThat(causes(answer)).first().isEqualTo("WEIGHTS_JUST_CHANGED");
        var gone = member(answer, second);
        assertThat(gone.path("address").isNull()).isTrue();
        assertThat(gone.path("ratio").isNull()).isTrue();
        assertThat(gone.path("requests").asLong()).isEqualTo(100);
    }

    @Test
    void countsConnectionsThatStayByTheTimeTheyAreOpen() {
        IntStream.range(0, 12)
                .forEach(i -> write(
                        Duration.ofMinutes(2).plusSeconds(10L * i),
                        new Counted(i == 0 ? 10 : 0, 0, 0, i == 0 ? 10 : 0, i == 0 ? 10 : 0, 0, 190),
                        new Counted(i == 0 ? 10 : 0, 0, 0, i == 0 ? 10 : 0, i == 0 ? 10 : 0, 0, 10)));

        var answer = answer("");

        assertThat(answer.path("verdict").asString()).isEqualTo("unbalanced");
        assertThat(causes(answer)).containsExactly("LONG_LIVED_CONNECTIONS");
        assertThat(answer.path("connections_open").asDouble()).isCloseTo(200, within(1e-6));
        assertThat(member(answer, first).path("connection_share").asDouble()).isEqualTo(0.95);
    }

    @Test
    void readsWhatIsCondensedAsWell() {
        write(Duration.ofMinutes(1), Counted.asPlanned(100), Counted.asPlanned(100));
        jdbc.sql("""
                        insert into traffic_5min (bucket, worker_id, load_balancer_id, listener_id, pool_id, member_id, accepted, open,
                            picked, active, responses_1xx, responses_2xx, responses_3xx, responses_4xx, responses_5xx,
                            response_micros, bytes_in, bytes_out, connect_failures, retries, failures, dropped,
                            configured, expected, time_micros, time_counts)
                        select date_bin('5 minutes', now() - interval '5 hours', timestamptz 'epoch'), 'w-1', l, l, cast(:pool as uuid),
                               cast(:member as uuid), 0, 0, 700, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 400, 400, '{}', '{}'
                          from (select cast(:listener as uuid) as l) l""")
                .param("pool", pool)
                .param("member", first)
                .param("listener", listener.toString())
                .update();

        assertThat(answer("?window=2h").path("requests").asLong()).isEqualTo(200);
        assertThat(answer("?window=6h").path("requests").asLong()).isEqualTo(900);
        assertThat(member(answer("?window=6h"), first).path("requests").asLong())
                .isEqualTo(800);
    }

    @ParameterizedTest
    @ValueSource(strings = {"59s", "25h", "1441m", "90000s", "10", "0m", "-5m", "1d", "10 m", "", "1h30m", "1.5h"})
    void refusesOtherWindows(String window) {
        for (var operation : List.of("distribution", "sizing")) {
            var path = api.elb("/pools/" + pool + "/" + operation + "?window=" + window.replace(" ", "%20"));
            assertThat(api.get(path).expect(400).path("error_msg").asString())
                    .startsWith("Invalid input for 'window': must be ");
        }
    }

    @Test
    void takesAnyWindowFromAMinuteToADay() {
        for (var window : List.of("1m", "60s", "24h", "1440m", "86400s")) {
            assertThat(answer("?window=" + window).path("window").path("asked").asString())
                    .isEqualTo(window);
        }
    }

    @Test
    void takesTheSameNumberOfStatementsWhateverTheSize() {
        var path = api.elb("/pools/" + pool + "/distribution");
        int few = Statements.during(() -> api.get(path).expect(200));
        for (int i = 0; i < 20; i++) {
            write(Duration.ofSeconds(60 + 10L * i), Counted.asPlanned(5), Counted.asPlanned(5));
        }

        assertThat(Statements.during(() -> api.get(path).expect(200))).isEqualTo(few);
        api.get(api.elb("/pools/" + listener + "/distribution")).expect(404);
    }
}
