package io.evenkeel.routing.priority;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Policies of one listener that are made at one moment and ask for no priority. */
@EvenkeelTest
class PriorityRaceTests {

    private static final int CALLERS = 64;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyPolicyGetsAPriorityOfItsOwn() {
        var estate = Estate.create(api);
        var listener = estate.advancedListener(estate.loadBalancer(), 80);
        var body = Map.of("action", "FIXED_RESPONSE", "fixed_response_config", Map.of("status_code", "404"));
        var race = new Race(jdbc);
        for (int n = 0; n < CALLERS; n++) {
            race.with(Race.call(() -> estate.postPolicy(listener, body), "201"));
        }

        var made = race.run(1);

        assertThat(made.stream()
                        .map(finish ->
                                finish.answer().body().at("/l7policy/priority").asInt()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, CALLERS).boxed().toList());
        assertThat(estate.policies(listener)).hasSize(CALLERS);
    }
}
