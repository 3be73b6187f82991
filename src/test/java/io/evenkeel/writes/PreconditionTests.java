package io.evenkeel.writes;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a write with If-Match was decided on is still so when it is done. */
@EvenkeelTest
class PreconditionTests {

    private static final int WRITERS = 32;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Estate estate;
    private String loadBalancer;

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        loadBalancer = estate.loadBalancer();
    }

    private String tag(String path) {
        return api.get(api.elb(path)).raw().headers().firstValue("ETag").orElseThrow();
    }

    private Api.Answer rename(String path, String kind, String name, String tag) {
        return api.send("PUT", api.elb(path), Map.of(kind, Map.of("name", name)), Map.of("If-Match", tag));
    }

    @Test
    void aWriteOnTheReadStateSucceedsAndNamesTheNewState() {
        var path = "/loadbalancers/" + loadBalancer;
        var answer = rename(path, "loadbalancer", "renamed", tag(path));

        answer.expect(200);
        assertThat(answer.raw().headers().firstValue("ETag")).contains(tag(path));
    }

    @Test
    void aWriteOnAnOldStateIsRefusedAndChangesNothing() {
        var path = "/loadbalancers/" + loadBalancer;
        var old = tag(path);
        estate.change(path, "loadbalancer", Map.of("name", "meanwhile")).expect(200);

        var late = rename(path, "loadbalancer", "late", old);

        assertThat(late.expect(412).path("error_msg").asString()).contains(tag(path));
        assertThat(estate.show(path).path("name").asString()).isEqualTo("meanwhile");
        assertThat(api.send("DELETE", api.elb(path), null, Map.of("If-Match", old))
                        .status())
                .isEqualTo(412);
        assertThat(api.send("DELETE", api.elb(path), null, Map.of("If-Match", tag(path)))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void siblingsAndChildrenDoNotChangeTheTag() {
        var path = "/loadbalancers/" + loadBalancer;
        var listener = estate.listener(loadBalancer, "HTTP", 80, Map.of());
        var before = tag(path);
        var listenerBefore = tag("/listeners/" + listener);

        estate.listener(loadBalancer, "HTTP", 81, Map.of());
        estate.poolOf(loadBalancer);

        assertThat(tag(path)).isEqualTo(before);
        assertThat(tag("/listeners/" + listener)).isEqualTo(listenerBefore);
    }

    @Test
    void ofManyWritersOnOneStateOneSucceeds() {
        var path = "/listeners/" + estate.listener(loadBalancer, "HTTP", 80, Map.of());
        var state = tag(path);
        var race = new Race(jdbc);
        for (int n = 0; n < WRITERS; n++) {
            var name = "writer " + n;
            race.with(call(() -> rename(path, "listener", name, state), "200", "412 has changed"));
        }
        assertThat(race.run(2).stream().filter(finish -> finish.is(200))).hasSize(1);
    }

    @Test
    void writersOfSiblingsAllSucceed() {
        var race = new Race(jdbc);
        for (int n = 0; n < WRITERS; n++) {
            var path = "/listeners/" + estate.listener(loadBalancer, "HTTP", 100 + n, Map.of());
            var state = tag(path);
            race.with(call(() -> rename(path, "listener", "renamed", state), "200"));
        }
        race.run(3);
    }

    @Test
    void anyStateAndForeignPlacesAreSaid() {
        var path = "/loadbalancers/" + loadBalancer;

        rename(path, "loadbalancer", "any", "*").expect(200);
        var create = api.send("POST", api.elb("/pools"), Map.of("pool", Map.of()), Map.of("If-Match", "*"));
        assertThat(create.status()).isEqualTo(400);
    }
}
