package io.evenkeel.relations;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Quotas, idempotency keys and dry runs at once: never exceeded, never doubled, never stored. */
@EvenkeelTest
class QuotaRaceTests {

    private static final int CALLERS = 64;
    private static final int LIMIT = 10;

    @Autowired
    private Api administrator;

    @Autowired
    private JdbcClient jdbc;

    private Api api;

    /** Whose quota nobody else uses. */
    @BeforeEach
    void createProject() {
        var project = create("project", "/identity/v1/projects", Map.of("name", "race"))
                .path("id")
                .asString();
        var token = create(
                        "token",
                        "/identity/v1/tokens",
                        Map.of("project_id", project, "role", "admin", "description", "race"))
                .path("token")
                .asString();
        api = administrator.as(project, token);
        api.put(api.elb("/quotas"), Map.of("quota", Map.of("ipgroup", LIMIT))).expect(200);
    }

    private tools.jackson.databind.JsonNode create(String wrapper, String path, Map<String, ?> body) {
        return administrator.post(path, Map.of(wrapper, body)).expect(201).path(wrapper);
    }

    private Api.Answer ask(String key, boolean isDryRun) {
        var body = Map.of("ipgroup", Map.of("name", key, "ip_list", List.of(Map.of("ip", "10.0.0.0/8"))));
        return api.send(
                "POST", api.elb("/ipgroups" + (isDryRun ? "?dry_run=true" : "")), body, Map.of("Idempotency-Key", key));
    }

    private int used() {
        return api.get(api.elb("/quotas/details?quota_key=ipgroup"))
                .expect(200)
                .at("/quotas/0/used")
                .asInt();
    }

    private List<String> stored() {
        return api.get(api.elb("/ipgroups"))
                .expect(200)
                .path("ipgroups")
                .valueStream()
                .map(group -> group.path("id").asString())
                .toList();
    }

    /** Two callers share each key; every fourth pair only rehearses. 24 keys want what 10 can have. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void leaveExactlyWhatTheQuotaAllows(int seed) {
        var race = new Race(jdbc);
        var run = UUID.randomUUID();
        for (int n = 0; n < CALLERS; n++) {
            int pair = n / 2;
            race.with(call(() -> ask(run + "-" + pair, pair % 4 == 0), "201", "409 Quota exceeded"));
        }

        var finished = race.run(seed);

        var made = finished.stream()
                .filter(finish -> finish.is(201) && !finish.answer().body().has("plan"))
                .collect(Collectors.groupingBy(
                        finish -> finish.answer().body().at("/ipgroup/id").asString(), Collectors.counting()));
        assertThat(made)
                .hasSize(LIMIT)
                .allSatisfy((id, answers) -> assertThat(answers).isEqualTo(2));
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(made.keySet());
        assertThat(used()).isEqualTo(LIMIT);
    }
}
