package io.evenkeel.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each attribute of each resource × values that break its schema: 400 naming the attribute, and nothing stored. */
@EvenkeelTest
class BadInputTests {

    /** A text that could be an id and is none names something that is not there: 404, as for an unknown id. */
    private static final Set<Integer> NOT_AN_ID = Set.of(400, 404);

    private final Api api;
    private final JdbcClient jdbc;
    private final BadValues bad;

    @Autowired
    BadInputTests(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        this.bad = new BadValues(api.get("/v3/api-docs/elb-v3").expect(200));
    }

    /** A write: how it is sent, and the schema and the rest of its body. */
    private record Write(String method, String path, String wrapper, String schema, Map<String, Object> rest) {}

    @Test
    void isRefusedByNameAndStoresNothing() {
        var fixture = new Fixture(api);
        var complaints = new ArrayList<String>();
        for (var write : writes(fixture)) {
            var attributes = bad.attributesOf(write.schema());
            assertThat(attributes.propertyNames()).as(write.schema()).isNotEmpty();
            attributes.forEachEntry((name, schema) -> bad.of(schema).forEach(value -> {
                var body = new LinkedHashMap<>(write.rest());
                body.put(name, value);
                refuse(fixture, write, name, body, value, complaints);
            }));
            var unknown = new LinkedHashMap<>(write.rest());
            unknown.put("no_such_attribute", 1);
            refuse(fixture, write, "no_such_attribute", unknown, 1, complaints);
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void requiredAttributesAreAskedForByName() {
        var fixture = new Fixture(api);
        var complaints = new ArrayList<String>();
        for (var write : writes(fixture)) {
            if (write.method().equals("POST")) {
                for (var name : List.copyOf(write.rest().keySet())) {
                    if (isRequired(write, name)) {
                        var absent = new LinkedHashMap<>(write.rest());
                        absent.remove(name);
                        refuse(fixture, write, name, absent, "absent", complaints);
                        absent.put(name, null);
                        refuse(fixture, write, name, absent, "null", complaints);
                    }
                }
            }
        }
        assertThat(complaints).isEmpty();
    }

    private static boolean isRequired(Write write, String name) {
        return !Set.of("subnet_cidr_id", "vip_subnet_cidr_id", "loadbalancer_id")
                        .contains(name)
                || write.wrapper().equals("listener")
                || write.wrapper().equals("logtank");
    }

    private void refuse(
            Fixture fixture,
            Write write,
            String name,
            Map<String, Object> body,
            Object value,
            List<String> complaints) {
        var before = state(fixture);
        var answer = api.send(write.method(), api.elb(write.path()), Map.of(write.wrapper(), body), Map.of());
        var shown = "%s %s %s=%.40s → %d %.200s"
                .formatted(
                        write.method(),
                        write.wrapper(),
                        name,
                        value,
                        answer.status(),
                        answer.raw().body());
        boolean mayBeUnknown = name.endsWith("_id") || name.endsWith("_ref") || name.endsWith("_refs");
        var expected = mayBeUnknown && value instanceof String ? NOT_AN_ID : Set.of(400);
        if (!expected.contains(answer.status())) {
            complaints.add(shown);
        } else if (answer.status() == 400
                && !answer.body().path("error_msg").asString("").contains(name)) {
            complaints.add("does not name the attribute: " + shown);
        } else if (answer.body().path("error_code").asString("").isEmpty()) {
            complaints.add("no error code: " + shown);
        }
        if (!state(fixture).equals(before)) {
            complaints.add("something was stored: " + shown);
        }
    }

    /** Whatever a write of these resources would change. */
    private String state(Fixture fixture) {
        return jdbc.sql("""
                        select (select count(*) || '/' || sum(generation) from load_balancer where vpc_id = :vpc)
                            || ' ' || (select count(*) || '/' || sum(generation) from pool where effective_vpc_id = :vpc)
                            || ' ' || (select count(*) from listener where vpc_id = :vpc)
                            || ' ' || (select count(*) || string_agg(g.log_group_id || g.log_topic_id, ',')
                                       from logtank g join load_balancer b on b.id = g.load_balancer_id
                                       where b.vpc_id = :vpc)
                            || ' ' || (select name || description || entries from ip_group where id = :group)
                            || ' ' || (select name || description || updated_at from certificate where id = :certificate)
                            || ' ' || (select name || description || updated_at from security_policy where id = :policy)
                            || ' ' || (select count(*) from member where vpc_id = :vpc)
                            || ' ' || (select count(*) from health_monitor h join pool p on p.id = h.pool_id
                                       where p.effective_vpc_id = :vpc)
                        """)
                .param("vpc", fixture.cloud.vpcId())
                .param("group", UUID.fromString(fixture.ipGroupId))
                .param("certificate", fixture.certificateId)
                .param("policy", UUID.fromString(fixture.securityPolicyId))
                .query((row, n) -> row.getString(1))
                .single();
    }

    private static List<Write> writes(Fixture fixture) {
        var members = "/pools/" + fixture.poolId + "/members";
        return List.of(
                new Write(
                        "POST", "/loadbalancers", "loadbalancer", "CreateLoadBalancerRequest", fixture.loadBalancer()),
                update("/loadbalancers/" + fixture.loadBalancerId, "loadbalancer", "UpdateLoadBalancerRequest"),
                new Write("POST", "/listeners", "listener", "CreateListenerRequest", fixture.listener(81)),
                update("/listeners/" + fixture.listenerId, "listener", "UpdateListenerRequest"),
                new Write("POST", "/ipgroups", "ipgroup", "CreateIpGroup", fixture.ipGroup()),
                update("/ipgroups/" + fixture.ipGroupId, "ipgroup", "UpdateIpGroup"),
                new Write(
                        "POST",
                        "/ipgroups/" + fixture.ipGroupId + "/iplist/create-or-update",
                        "ipgroup",
                        "IpGroupUpdateIpList",
                        fixture.ipGroup()),
                new Write(
                        "POST",
                        "/ipgroups/" + fixture.ipGroupId + "/iplist/batch-delete",
                        "ipgroup",
                        "IpGroupDeleteIpList",
                        fixture.ipGroup()),
                new Write("POST", "/certificates", "certificate", "CreateCertificateRequest", fixture.certificate()),
                update("/certificates/" + fixture.certificateId, "certificate", "UpdateCertificateRequest"),
                new Write(
                        "POST",
                        "/security-policies",
                        "security_policy",
                        "CreateSecurityPolicyRequest",
                        fixture.securityPolicy()),
                update(
                        "/security-policies/" + fixture.securityPolicyId,
                        "security_policy",
                        "UpdateSecurityPolicyRequest"),
                new Write("POST", "/logtanks", "logtank", "CreateLogtank", fixture.logtank()),
                update("/logtanks/" + fixture.logtankId, "logtank", "UpdateLogtank"),
                new Write("POST", "/pools", "pool", "CreatePoolRequest", fixture.pool()),
                update("/pools/" + fixture.poolId, "pool", "UpdatePoolRequest"),
                new Write("POST", members, "member", "CreateMemberRequest", fixture.member(2)),
                update(members + "/" + fixture.memberId, "member", "UpdateMemberRequest"),
                new Write(
                        "POST",
                        "/healthmonitors",
                        "healthmonitor",
                        "CreateHealthMonitorRequest",
                        fixture.monitor(fixture.freePoolId)),
                update("/healthmonitors/" + fixture.monitorId, "healthmonitor", "UpdateHealthMonitorRequest"));
    }

    private static Write update(String path, String wrapper, String schema) {
        return new Write("PUT", path, wrapper, schema, Map.of());
    }
}
