package io.evenkeel.loadbalancer.logtank;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class LogtankTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private Estate estate;
    private String loadBalancer;

    @BeforeEach
    void makeLoadBalancer() {
        estate = Estate.create(api);
        loadBalancer = estate.loadBalancer();
    }

    private Api.Answer post(String group, String topic) {
        return api.post(
                api.elb("/logtanks"),
                Map.of(
                        "logtank",
                        Map.of("loadbalancer_id", loadBalancer, "log_group_id", group, "log_topic_id", topic)));
    }

    private JsonNode create(String group, String topic) {
        return post(group, topic).expect(201).get("logtank");
    }

    private String path(JsonNode logtank) {
        return "/logtanks/" + logtank.get("id").asString();
    }

    @Test
    void tiesOneLoadBalancerToOneStream() {
        var logtank = create("g1", "t1");

        assertThat(logtank.get("loadbalancer_id").asString()).isEqualTo(loadBalancer);
        assertThat(logtank.get("log_group_id").asString()).isEqualTo("g1");
        assertThat(logtank.get("log_topic_id").asString()).isEqualTo("t1");
        assertThat(logtank.get("project_id").asString()).isEqualTo(api.projectId());
        assertThat(estate.show(path(logtank))).isEqualTo(logtank);
        var shown = estate.show("/loadbalancers/" + loadBalancer);
        assertThat(shown.get("log_group_id").asString()).isEqualTo("g1");
        assertThat(shown.get("log_topic_id").asString()).isEqualTo("t1");

        var second = post("g2", "t2");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().get("error_msg").asString())
                .isEqualTo("Loadbalancer %s already has logtank %s."
                        .formatted(loadBalancer, logtank.get("id").asString()));
    }

    @Test
    void tellsAbsentFromNull() {
        var logtank = create("g1", "t1");

        var changed = estate.change(path(logtank), "logtank", Map.of("log_topic_id", "t2"))
                .expect(200)
                .get("logtank");
        assertThat(changed.get("log_group_id").asString()).isEqualTo("g1");
        assertThat(changed.get("log_topic_id").asString()).isEqualTo("t2");
        var nothing = new HashMap<String, Object>();
        nothing.put("log_group_id", null);
        assertThat(estate.change(path(logtank), "logtank", nothing).status()).isEqualTo(400);
        assertThat(estate.change(path(logtank), "logtank", Map.of("loadbalancer_id", loadBalancer))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void freesItsLoadBalancerWhenDeleted() {
        var logtank = create("g1", "t1");

        estate.delete(path(logtank)).expect(204);

        assertThat(api.get(api.elb(path(logtank))).status()).isEqualTo(404);
        assertThat(estate.show("/loadbalancers/" + loadBalancer).has("log_group_id"))
                .isFalse();
        create("g2", "t2");
    }

    @Test
    void goesWithItsLoadBalancer() {
        var logtank = create("g1", "t1");

        estate.delete("/loadbalancers/" + loadBalancer).expect(204);

        assertThat(api.get(api.elb(path(logtank))).status()).isEqualTo(404);
    }

    @Test
    void isFoundByItsFieldsAndFindsItsLoadBalancer() {
        var mark = UUID.randomUUID().toString();
        var id = create(mark, "t1").get("id").asString();

        assertThat(estate.ids("/logtanks?log_group_id=" + mark)).containsExactly(id);
        assertThat(estate.ids("/logtanks?id=" + id + "&log_topic_id=t1&loadbalancer_id=" + loadBalancer))
                .containsExactly(id);
        assertThat(estate.ids("/logtanks?log_topic_id=t2&id=" + id)).isEmpty();
        assertThat(estate.ids("/logtanks?enterprise_project_id=0&limit=1&id=" + id))
                .containsExactly(id);
        assertThat(estate.ids("/logtanks?enterprise_project_id=ep&id=" + id)).isEmpty();
        assertThat(estate.ids("/loadbalancers?log_group_id=" + mark)).containsExactly(loadBalancer);
        assertThat(estate.ids("/loadbalancers?log_topic_id=t1&id=" + loadBalancer))
                .containsExactly(loadBalancer);
        assertThat(estate.ids("/loadbalancers?log_topic_id=" + mark)).isEmpty();
        assertThat(api.get(api.elb("/logtanks?color=red")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | logtank.loadbalancer_id | {"log_group_id": "g", "log_topic_id": "t"}
            400 | logtank.loadbalancer_id | {"loadbalancer_id": "x", "log_group_id": "g", "log_topic_id": "t"}
            400 | logtank.log_group_id    | {"loadbalancer_id": "LB", "log_topic_id": "t"}
            400 | logtank.log_group_id    | {"loadbalancer_id": "LB", "log_group_id": "", "log_topic_id": "t"}
            400 | logtank.log_topic_id    | {"loadbalancer_id": "LB", "log_group_id": "g"}
            404 | loadbalancer            | {"loadbalancer_id": "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999", "log_group_id": "g", "log_topic_id": "t"}
            """)
    void refusesWhatIsWrongByItsName(int status, String named, String body) {
        var answer = api.post(api.elb("/logtanks"), "{\"logtank\": " + body.replace("LB", loadBalancer) + "}");

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.body().get("error_msg").asString()).contains(named);
        assertThat(estate.ids("/logtanks?loadbalancer_id=" + loadBalancer)).isEmpty();
    }

    @Test
    void isOneHoweverManyAreAskedForAtOnce() {
        var race = new Race(jdbc);
        for (int n = 0; n < 8; n++) {
            var group = "g" + n;
            race.with(Race.call(() -> post(group, "t"), "201", "409 already has logtank"));
        }

        assertThat(race.run(1)).filteredOn(finish -> finish.is(201)).hasSize(1);
    }

    @Test
    void isUnknownToOtherProjects() {
        jdbc.sql("insert into project (id, name, created_at) values ('another-project', 'another', now())"
                        + " on conflict do nothing")
                .update();
        var logtank = create("g1", "t1");
        var foreign = "/v3/another-project/elb" + path(logtank);

        assertThat(api.get(foreign).status()).isEqualTo(404);
        assertThat(api.put(foreign, Map.of("logtank", Map.of("log_group_id", "mine")))
                        .status())
                .isEqualTo(404);
        assertThat(api.delete(foreign).status()).isEqualTo(404);
        assertThat(estate.show(path(logtank))).isEqualTo(logtank);
    }
}
