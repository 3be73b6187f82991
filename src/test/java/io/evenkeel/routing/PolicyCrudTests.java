package io.evenkeel.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class PolicyCrudTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Ground ground;

    @BeforeEach
    void createGround() {
        ground = new Ground(api);
    }

    @Test
    void sendsToAPoolWithoutTheSwitch() {
        var listener = ground.plain();
        var pool = ground.pool();
        var made = ground.make(
                listener,
                Map.of(
                        "action", "REDIRECT_TO_POOL",
                        "name", "shop",
                        "description", "the shop's pages",
                        "redirect_pool_id", pool,
                        "rules", List.of(Ground.host("shop.example.com"), Ground.path("STARTS_WITH", "/shop"))));

        assertThat(made.path("name").asString()).isEqualTo("shop");
        assertThat(made.path("description").asString()).isEqualTo("the shop's pages");
        assertThat(made.path("action").asString()).isEqualTo("REDIRECT_TO_POOL");
        assertThat(made.path("admin_state_up").asBoolean()).isTrue();
        assertThat(made.path("listener_id").asString()).isEqualTo(listener);
        assertThat(made.path("project_id").asString()).isEqualTo(api.projectId());
        assertThat(made.path("enterprise_project_id").asString()).isEqualTo("0");
        assertThat(made.path("redirect_pool_id").asString()).isEqualTo(pool);
        assertThat(made.path("redirect_listener_id").isNull()).isTrue();
        assertThat(made.path("redirect_url").isNull()).isTrue();
        assertThat(made.path("redirect_url_config").isNull()).isTrue();
        assertThat(made.path("fixed_response_config").isNull()).isTrue();
        assertThat(made.path("position").asInt()).isEqualTo(100);
        assertThat(made.path("priority").asInt()).isEqualTo(1);
        assertThat(made.path("provisioning_status").asString()).isEqualTo("ACTIVE");
        assertThat(made.path("rules").size()).isEqualTo(2);
        assertThat(made.path("rules").path(0).propertyNames()).containsExactly("id");
        assertThat(ground.show(made.path("id").asString())).isEqualTo(made);
    }

    @Test
    void isDeletedWithItsRules() {
        var policy = ground.policy(ground.plain(), Map.of("rules", List.of(Ground.path("EQUAL_TO", "/a"))));
        api.delete(api.elb("/l7policies/" + policy)).expect(204);
        api.get(api.elb("/l7policies/" + policy)).expect(404);
        api.delete(api.elb("/l7policies/" + policy)).expect(404);
    }

    @Test
    void isUpdatedWhereSomethingChanges() {
        var listener = ground.advanced();
        var policy = ground.policy(listener, Map.of("name", "one", "rules", List.of(Ground.path("EQUAL_TO", "/a"))));
        var before = generation();
        var same = ground.show(policy);
        assertThat(ground.put(policy, Map.of("name", "one", "rules", List.of(Ground.path("EQUAL_TO", "/a"))))
                        .expect(200)
                        .path("l7policy"))
                .isEqualTo(same);
        assertThat(generation()).isEqualTo(before);

        var changed = ground.put(policy, Map.of("name", "two", "rules", List.of(Ground.path("EQUAL_TO", "/b"))))
                .expect(200)
                .path("l7policy");
        assertThat(changed.path("name").asString()).isEqualTo("two");
        assertThat(changed.path("rules").size()).isEqualTo(1);
        assertThat(changed.path("rules")).isNotEqualTo(same.path("rules"));
        assertThat(generation()).isEqualTo(before + 1);
    }

    private long generation() {
        return jdbc.sql("select generation from load_balancer where cast(id as text) = :id")
                .param("id", ground.loadBalancerId)
                .query(Long.class)
                .single();
    }

    static String message(Api.Answer answer) {
        return answer.body().path("error_msg").asString();
    }

    static List<String> ids(JsonNode refs) {
        return refs.valueStream().map(ref -> ref.path("id").asString()).toList();
    }
}
