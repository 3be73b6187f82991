package io.evenkeel.loadbalancer.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Load balancers that move into availability zones and out of them. */
@EvenkeelTest
class ZoneChangeTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private String loadBalancer = "";

    @BeforeEach
    void createLoadBalancer() {
        loadBalancer = Estate.create(api).loadBalancer(Map.of("availability_zone_list", List.of("az-1")));
    }

    private Api.Answer change(String operation, Object zones) {
        return api.post(
                api.elb("/loadbalancers/" + loadBalancer + "/availability-zone/" + operation),
                Map.of("availability_zone_list", zones));
    }

    private long generation() {
        return jdbc.sql("select generation from load_balancer where id = cast(:id as uuid)")
                .param("id", loadBalancer)
                .query(Long.class)
                .single();
    }

    @Test
    void addsWhatIsNotThereYet() {
        var answer = change("batch-add", List.of("az-2", "az-1", "az-2")).expect(200);

        assertThat(answer.path("loadbalancer_id").asString()).isEqualTo(loadBalancer);
        assertThat(answer.path("loadbalancer").path("availability_zone_list").toString())
                .isEqualTo("[\"az-1\",\"az-2\"]");
        long generation = generation();
        change("batch-add", List.of("az-2")).expect(200);
        assertThat(generation()).isEqualTo(generation);
    }

    @Test
    void removesAllButTheLast() {
        change("batch-add", List.of("az-2")).expect(200);

        var left = change("batch-remove", List.of("az-1")).expect(200).path("loadbalancer");

        assertThat(left.path("availability_zone_list").toString()).isEqualTo("[\"az-2\"]");
        assertThat(change("batch-remove", List.of("az-2", "az-1"))
                        .expect(400)
                        .path("error_msg")
                        .asString())
                .contains("availability_zone_list")
                .contains("at least one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-add", "batch-remove"})
    void refusesWhatIsNoZone(String operation) {
        for (var bad : List.of(List.of(), List.of("nowhere"), List.of(""), "az-1")) {
            assertThat(change(operation, bad).expect(400).path("error_msg").asString())
                    .contains("availability_zone_list");
        }
        assertThat(generation()).isEqualTo(1);
    }
}
