package io.evenkeel.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.identity.token.TokenService;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the features take from the quotas and give back, through the API. */
@EvenkeelTest
class CountedResourcesTests {

    @Autowired
    Api administrator;

    @Autowired
    ProjectService projects;

    @Autowired
    TokenService tokens;

    private Api api;
    private Cloud cloud;

    @BeforeEach
    void createProject() {
        api = new Tenant(projects, tokens).create(administrator);
        cloud = Cloud.create(api);
    }

    private void limit(QuotaKey key, int limit) {
        api.put(api.elb("/quotas"), Map.of("quota", Map.of(key.onWire(), limit)))
                .expect(200);
    }

    private int used(QuotaKey key) {
        return api.get(api.elb("/quotas/details?quota_key=" + key.onWire()))
                .expect(200)
                .get("quotas")
                .get(0)
                .get("used")
                .asInt();
    }

    private Api.Answer loadBalancer() {
        return api.post(
                api.elb("/loadbalancers"),
                Map.of(
                        "loadbalancer",
                        Map.of("vip_subnet_cidr_id", cloud.vipSubnetId(), "availability_zone_list", List.of("az-1"))));
    }

    private Api.Answer listener(String loadBalancerId, int port) {
        return api.post(
                api.elb("/listeners"),
                Map.of(
                        "listener",
                        Map.of("loadbalancer_id", loadBalancerId, "protocol", "HTTP", "protocol_port", port)));
    }

    private Api.Answer listener(String loadBalancerId, int port, String poolId) {
        return api.post(
                api.elb("/listeners"),
                Map.of(
                        "listener",
                        Map.of(
                                "loadbalancer_id",
                                loadBalancerId,
                                "protocol",
                                "HTTP",
                                "protocol_port",
                                port,
                                "default_pool_id",
                                poolId)));
    }

    private Api.Answer pool() {
        return api.post(
                api.elb("/pools"),
                Map.of(
                        "pool",
                        Map.of(
                                "protocol",
                                "HTTP",
                                "lb_algorithm",
                                "ROUND_ROBIN",
                                "type",
                                "instance",
                                "vpc_id",
                                cloud.vpcId())));
    }

    private Api.Answer monitor(String poolId) {
        return api.post(
                api.elb("/healthmonitors"),
                Map.of(
                        "healthmonitor",
                        Map.of("pool_id", poolId, "type", "TCP", "delay", 5, "timeout", 3, "max_retries", 3)));
    }

    private Map<String, Object> memberBody(int server, int port) {
        return Map.of(
                "address", cloud.address(server), "subnet_cidr_id", cloud.serverSubnetId(), "protocol_port", port);
    }

    private Api.Answer member(String poolId, int port) {
        return api.post(api.elb("/pools/" + poolId + "/members"), Map.of("member", memberBody(1, port)));
    }

    private Api.Answer members(String poolId, int... ports) {
        return api.post(
                api.elb("/pools/" + poolId + "/members/batch-add"),
                Map.of(
                        "members",
                        IntStream.of(ports)
                                .mapToObj(port -> memberBody(1, port))
                                .toList()));
    }

    private static String idOf(Api.Answer created, String kind) {
        return created.expect(201).get(kind).get("id").asString();
    }

    private static void assertRefused(Api.Answer answer, QuotaKey key) {
        assertThat(answer.expect(409).get("error_code").asString()).isEqualTo("ELB.8905");
        assertThat(answer.body().get("error_msg").asString())
                .isEqualTo("Quota exceeded for resources: " + key.onWire() + ".");
    }

    @Test
    void countsLoadBalancersAndListeners() {
        limit(QuotaKey.LOADBALANCER, 1);
        limit(QuotaKey.LISTENER, 1);
        var loadBalancerId = idOf(loadBalancer(), "loadbalancer");
        var listenerId = idOf(listener(loadBalancerId, 80), "listener");

        assertRefused(loadBalancer(), QuotaKey.LOADBALANCER);
        assertRefused(listener(loadBalancerId, 81), QuotaKey.LISTENER);
        assertThat(used(QuotaKey.LOADBALANCER)).isEqualTo(1);
        assertThat(used(QuotaKey.LISTENER)).isEqualTo(1);

        assertThat(api.delete(api.elb("/listeners/" + listenerId)).status()).isEqualTo(204);
        assertThat(api.delete(api.elb("/loadbalancers/" + loadBalancerId)).status())
                .isEqualTo(204);
        assertThat(used(QuotaKey.LOADBALANCER)).isZero();
        assertThat(used(QuotaKey.LISTENER)).isZero();
    }

    @Test
    void limitsTheListenersOfALoadBalancerAndOfAPool() {
        limit(QuotaKey.LISTENERS_PER_LOADBALANCER, 2);
        limit(QuotaKey.LISTENERS_PER_POOL, 1);
        var loadBalancerId = idOf(loadBalancer(), "loadbalancer");
        var poolId = idOf(pool(), "pool");
        listener(loadBalancerId, 80, poolId).expect(201);

        assertRefused(listener(loadBalancerId, 81, poolId), QuotaKey.LISTENERS_PER_POOL);
        var second = idOf(listener(loadBalancerId, 81), "listener");
        assertRefused(
                api.put(api.elb("/listeners/" + second), Map.of("listener", Map.of("default_pool_id", poolId))),
                QuotaKey.LISTENERS_PER_POOL);
        assertRefused(listener(loadBalancerId, 82), QuotaKey.LISTENERS_PER_LOADBALANCER);
    }

    @Test
    void countsPoolsAndMonitors() {
        limit(QuotaKey.POOL, 2);
        limit(QuotaKey.HEALTHMONITOR, 1);
        var poolId = idOf(pool(), "pool");
        var otherId = idOf(pool(), "pool");
        var monitorId = idOf(monitor(poolId), "healthmonitor");

        assertRefused(pool(), QuotaKey.POOL);
        assertRefused(monitor(otherId), QuotaKey.HEALTHMONITOR);

        assertThat(api.delete(api.elb("/healthmonitors/" + monitorId)).status()).isEqualTo(204);
        assertThat(api.delete(api.elb("/pools/" + poolId)).status()).isEqualTo(204);
        assertThat(used(QuotaKey.POOL)).isEqualTo(1);
        assertThat(used(QuotaKey.HEALTHMONITOR)).isZero();
    }

    @Test
    void countsMembersAndBatches() {
        cloud.server(1);
        limit(QuotaKey.MEMBER, 4);
        limit(QuotaKey.MEMBERS_PER_POOL, 3);
        var poolId = idOf(pool(), "pool");
        var otherId = idOf(pool(), "pool");
        var memberId = idOf(member(poolId, 80), "member");
        members(poolId, 80, 81, 82).expect(200);

        assertThat(used(QuotaKey.MEMBER)).as("what existed counts once").isEqualTo(3);
        assertRefused(member(poolId, 83), QuotaKey.MEMBERS_PER_POOL);
        assertRefused(members(otherId, 80, 81), QuotaKey.MEMBER);
        assertThat(used(QuotaKey.MEMBER)).isEqualTo(3);

        api.post(
                        api.elb("/pools/" + poolId + "/members/batch-delete"),
                        Map.of(
                                "members",
                                List.of(
                                        Map.of("id", memberId),
                                        Map.of("address", cloud.address(1), "protocol_port", 81))))
                .expect(200);
        assertThat(used(QuotaKey.MEMBER)).isEqualTo(1);
        var last = api.get(api.elb("/pools/" + poolId + "/members"))
                .expect(200)
                .get("members")
                .get(0)
                .get("id")
                .asString();
        assertThat(api.delete(api.elb("/pools/" + poolId + "/members/" + last)).status())
                .isEqualTo(204);
        assertThat(used(QuotaKey.MEMBER)).isZero();
    }

    @Test
    void givesBackWhatACascadeTakesAlong() {
        cloud.server(1);
        var loadBalancerId = idOf(loadBalancer(), "loadbalancer");
        var poolId = idOf(pool(), "pool");
        listener(loadBalancerId, 80, poolId).expect(201);
        members(poolId, 80, 81).expect(200);
        monitor(poolId).expect(201);

        assertThat(api.delete(api.elb("/pools/" + poolId + "/delete-cascade")).status())
                .isEqualTo(204);
        assertThat(api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb"))
                        .status())
                .isEqualTo(204);
        for (var key : QuotaKey.values()) {
            assertThat(used(key)).as(key.onWire()).isZero();
        }
    }

    private static List<Integer> race(IntFunction<Api.Answer> call) throws InterruptedException, ExecutionException {
        var together = new CyclicBarrier(64);
        var tasks = IntStream.range(0, 64)
                .<Callable<Integer>>mapToObj(n -> () -> {
                    together.await();
                    return call.apply(n).status();
                })
                .toList();
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var task : threads.invokeAll(tasks)) {
                statuses.add(task.get());
            }
        }
        return statuses;
    }

    @Test
    void letsSixtyFourPoolsAtOnceTakeWhatIsLeftAndNoMore() throws Exception {
        limit(QuotaKey.POOL, 20);

        var statuses = race(n -> pool());

        assertThat(Set.copyOf(statuses)).isEqualTo(Set.of(201, 409));
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(20);
        assertThat(used(QuotaKey.POOL)).isEqualTo(20);
    }

    @Test
    void letsSixtyFourAddersOnTheirOwnPoolsTakeWhatIsLeftAndNoMore() throws Exception {
        cloud.server(1);
        var pools = IntStream.range(0, 16).mapToObj(n -> idOf(pool(), "pool")).toList();
        limit(QuotaKey.MEMBER, 40);

        var statuses = race(n -> member(pools.get(n % 16), 1000 + n));

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(40);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(24);
        assertThat(used(QuotaKey.MEMBER)).isEqualTo(40);
    }
}
