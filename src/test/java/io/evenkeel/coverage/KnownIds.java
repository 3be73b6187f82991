package io.evenkeel.coverage;

import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import io.evenkeel.testing.Api;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The id of one resource of each kind in a fixture's project, and those of resources that are there no more. */
final class KnownIds {

    private KnownIds() {}

    static Map<IdKind, String> of(Fixture fixture, Events events) {
        var api = fixture.api;
        var ids = new EnumMap<IdKind, String>(Map.of(
                IdKind.LOAD_BALANCER, fixture.loadBalancerId,
                IdKind.LISTENER, fixture.listenerId,
                IdKind.POOL, fixture.freePoolId,
                IdKind.STANDBY_POOL, fixture.standbyPoolId,
                IdKind.MEMBER, fixture.memberId,
                IdKind.MONITOR, fixture.monitorId,
                IdKind.POLICY, fixture.policyId,
                IdKind.RULE, fixture.ruleId,
                IdKind.CERTIFICATE, fixture.certificateId,
                IdKind.SECURITY_POLICY, fixture.securityPolicyId));
        ids.putAll(Map.of(
                IdKind.IP_GROUP, fixture.ipGroupId,
                IdKind.LOGTANK, fixture.logtankId,
                IdKind.VPC, fixture.cloud.vpcId(),
                IdKind.SUBNET, fixture.cloud.serverSubnetId(),
                IdKind.SERVER, fixture.cloud.serverId(1),
                IdKind.JOB, fixture.jobId,
                IdKind.CHECK_JOB, fixture.checkJobId,
                IdKind.PROJECT, api.projectId(),
                IdKind.FLAVOR, first(api, "/flavors", "flavors").path("id").asString()));
        ids.put(
                IdKind.PORT,
                api.get(api.elb("/loadbalancers/" + fixture.loadBalancerId))
                        .expect(200)
                        .at("/loadbalancer/vip_port_id")
                        .asString());
        ids.put(IdKind.TOKEN, credential(api, "tokens", "token", "id"));
        ids.put(IdKind.ACCESS_KEY, credential(api, "access-keys", "access_key", "access_key"));
        var record = first(api, "/audit", "audit_records");
        ids.put(IdKind.AUDIT_RECORD, record.path("id").asString());
        ids.put(IdKind.REQUEST, record.path("request_id").asString());
        events.record(new Event(
                "isolation/" + fixture.memberId,
                EventKind.MEMBER_OFFLINE,
                api.projectId(),
                "member",
                fixture.memberId,
                Instant.now(),
                "Nothing has happened.",
                Map.of()));
        ids.put(IdKind.EVENT, first(api, "/events", "events").path("id").asString());
        return ids;
    }

    private static String credential(Api api, String path, String kind, String id) {
        var wanted = Map.of("project_id", api.projectId(), "role", "reader", "description", "known");
        return api.post("/identity/v1/" + path, Map.of(kind, wanted))
                .expect(201)
                .path(kind)
                .path(id)
                .asString();
    }

    private static JsonNode first(Api api, String path, String rows) {
        return api.get(api.elb(path + "?limit=1")).expect(200).path(rows).path(0);
    }

    /** Makes the fixture's resources disappear, all that can, and tells what their ids were. */
    static Map<IdKind, String> ofDeleted(Fixture fixture, Events events) {
        var ids = of(fixture, events);
        delete(fixture, "/loadbalancers/" + fixture.copiedLoadBalancerId);
        delete(fixture, "/l7policies/" + fixture.policyId + "/rules/" + fixture.ruleId);
        delete(fixture, "/l7policies/" + fixture.policyId);
        delete(fixture, "/l7policies/" + fixture.redirectingPolicyId);
        delete(fixture, "/logtanks/" + fixture.logtankId);
        for (var listener : List.of(fixture.listenerId, fixture.advancedListenerId, fixture.httpsListenerId)) {
            delete(fixture, "/listeners/" + listener + "/force");
        }
        delete(fixture, "/healthmonitors/" + fixture.monitorId);
        delete(fixture, "/pools/" + fixture.poolId + "/members/" + fixture.memberId);
        delete(fixture, "/pools/" + fixture.poolId);
        delete(fixture, "/pools/" + fixture.freePoolId);
        delete(fixture, "/master-slave-pools/" + fixture.standbyPoolId);
        delete(fixture, "/loadbalancers/" + fixture.loadBalancerId);
        delete(fixture, "/certificates/" + fixture.certificateId);
        delete(fixture, "/security-policies/" + fixture.securityPolicyId);
        delete(fixture, "/ipgroups/" + fixture.ipGroupId);
        deleteCloud(fixture);
        expectGone(fixture.api.delete("/identity/v1/tokens/" + ids.get(IdKind.TOKEN)), "token");
        expectGone(fixture.api.delete("/identity/v1/access-keys/" + ids.get(IdKind.ACCESS_KEY)), "access key");
        ids.put(IdKind.PROJECT, deletedProject(fixture.api));
        ids.keySet()
                .removeAll(List.of(
                        IdKind.JOB,
                        IdKind.CHECK_JOB,
                        IdKind.AUDIT_RECORD,
                        IdKind.REQUEST,
                        IdKind.EVENT,
                        IdKind.FLAVOR));
        return ids;
    }

    private static String deletedProject(Api api) {
        var id = api.post("/identity/v1/projects", Map.of("project", Map.of("name", "gone")))
                .expect(201)
                .path("project")
                .path("id")
                .asString();
        expectGone(api.delete("/identity/v1/projects/" + id), "project");
        return id;
    }

    private static void delete(Fixture fixture, String path) {
        expectGone(fixture.api.delete(fixture.api.elb(path)), path);
    }

    private static void deleteCloud(Fixture fixture) {
        var cloud = fixture.cloud;
        for (var path : List.of(
                "/servers/" + cloud.serverId(1),
                "/servers/" + cloud.serverId(2),
                "/subnets/" + cloud.vipSubnetId(),
                "/subnets/" + cloud.serverSubnetId(),
                "/vpcs/" + cloud.vpcId())) {
            expectGone(fixture.api.delete(fixture.api.inventory(path)), path);
        }
    }

    private static void expectGone(Api.Answer answer, String path) {
        if (answer.status() != 204) {
            throw new AssertionError(path + ": " + answer.raw().body());
        }
    }
}
