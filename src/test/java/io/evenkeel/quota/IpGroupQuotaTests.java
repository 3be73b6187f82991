package io.evenkeel.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.identity.token.TokenService;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What limits IP groups: how many there are, how long they are, and how many listeners use one. */
@EvenkeelTest
class IpGroupQuotaTests {

    private static final int CLIENTS = 64;

    @Autowired
    Api administrator;

    @Autowired
    ProjectService projects;

    @Autowired
    TokenService tokens;

    private Api api;

    @BeforeEach
    void createProject() {
        api = new Tenant(projects, tokens).create(administrator);
    }

    private void limit(String key, int limit) {
        administrator
                .put("/v3/" + api.projectId() + "/elb/quotas", Map.of("quota", Map.of(key, limit)))
                .expect(200);
    }

    private Api.Answer post(String... ips) {
        var list = List.of(ips).stream().map(ip -> Map.of("ip", ip)).toList();
        return api.post(api.elb("/ipgroups"), Map.of("ipgroup", Map.of("ip_list", list)));
    }

    private static String id(Api.Answer answer) {
        return answer.expect(201).get("ipgroup").get("id").asString();
    }

    private static List<Integer> race(int clients, IntFunction<Api.Answer> call) throws Exception {
        var together = new CyclicBarrier(clients);
        var tasks = IntStream.range(0, clients)
                .<Callable<Integer>>mapToObj(n -> () -> {
                    together.await();
                    return call.apply(n).status();
                })
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(tasks).stream()
                    .map(task -> task.resultNow())
                    .toList();
        }
    }

    @Test
    void asManyAsAllowedAreMadeHoweverManyAreAskedFor() throws Exception {
        limit("ipgroup", 5);

        var statuses = race(CLIENTS, n -> post("10.0.0." + n));

        assertThat(statuses)
                .containsOnly(201, 409)
                .filteredOn(status -> status == 201)
                .hasSize(5);
        var groups = api.get(api.elb("/ipgroups")).expect(200).get("ipgroups");
        assertThat(groups).hasSize(5);
        api.delete(api.elb("/ipgroups/" + groups.get(0).get("id").asString())).expect(204);
        post("10.0.0.1").expect(201);
        assertThat(post("10.0.0.1").status()).isEqualTo(409);
    }

    @Test
    void aListIsAsLongAsAllowed() {
        limit("ipgroup_max_length", 2);

        assertThat(post("10.0.0.1", "10.0.0.2", "10.0.0.3").status()).isEqualTo(409);
        var path = api.elb("/ipgroups/" + id(post("10.0.0.1", "10.0.0.2")));
        var more = Map.of("ipgroup", Map.of("ip_list", List.of(Map.of("ip", "10.0.0.3"))));
        assertThat(api.post(path + "/iplist/create-or-update", more).status()).isEqualTo(409);
        limit("ipgroup_max_length", 1);
        api.put(path, Map.of("ipgroup", Map.of("name", "still changeable"))).expect(200);
        api.put(path, more).expect(200);
    }

    @Test
    void asManyListenersAsAllowedUseOne() throws Exception {
        limit("ipgroup_bindings", 3);
        var group = id(post("10.0.0.1"));
        var cloud = Cloud.create(api);
        var loadBalancer = api.post(
                        api.elb("/loadbalancers"),
                        Map.of(
                                "loadbalancer",
                                Map.of(
                                        "vip_subnet_cidr_id",
                                        cloud.vipSubnetId(),
                                        "availability_zone_list",
                                        List.of("az-1"))))
                .expect(201)
                .get("loadbalancer")
                .get("id")
                .asString();

        var statuses = race(
                16,
                n -> api.post(
                        api.elb("/listeners"),
                        Map.of(
                                "listener",
                                Map.of(
                                        "loadbalancer_id",
                                        loadBalancer,
                                        "protocol",
                                        "TCP",
                                        "protocol_port",
                                        5000 + n,
                                        "ipgroup",
                                        Map.of("ipgroup_id", group)))));

        assertThat(statuses)
                .containsOnly(201, 409)
                .filteredOn(status -> status == 201)
                .hasSize(3);
        var users = api.get(api.elb("/ipgroups/" + group))
                .expect(200)
                .get("ipgroup")
                .get("listeners");
        assertThat(users).hasSize(3);
        var use = Map.of("listener", Map.of("ipgroup", Map.of("ipgroup_id", group, "type", "black")));
        api.put(api.elb("/listeners/" + users.get(0).get("id").asString()), use).expect(200);
    }
}
