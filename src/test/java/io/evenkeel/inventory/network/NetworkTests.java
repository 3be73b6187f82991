package io.evenkeel.inventory.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@EvenkeelTest
class NetworkTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private Api.Answer putVpc(String id, String cidr) {
        return api.put(api.inventory("/vpcs/" + id), Map.of("name", "n", "cidr", cidr));
    }

    private Api.Answer putSubnet(String id, String vpcId, String cidr) {
        return api.put(api.inventory("/subnets/" + id), Map.of("name", "n", "vpc_id", vpcId, "cidr", cidr));
    }

    @Test
    void createsReplacesShowsAndDeletesAVpc() {
        assertThat(putVpc("net-a", "172.16.0.0/24").expect(201).at("/vpc/cidr").asString())
                .isEqualTo("172.16.0.0/24");
        var first = api.get(api.inventory("/vpcs/net-a")).expect(200);
        assertThat(putVpc("net-a", "172.16.0.0/24").expect(200).at("/vpc")).isEqualTo(first.at("/vpc"));
        var replaced = api.put(api.inventory("/vpcs/net-a"), Map.of("cidr", "172.16.0.0/23"))
                .expect(200);
        assertThat(replaced.at("/vpc/name").asString()).isEmpty();
        assertThat(replaced.at("/vpc/cidr").asString()).isEqualTo("172.16.0.0/23");
        assertThat(replaced.at("/request_id").asString()).hasSize(32);
        api.delete(api.inventory("/vpcs/net-a")).expect(204);
        api.delete(api.inventory("/vpcs/net-a")).expect(404);
        assertThat(api.get(api.inventory("/vpcs/net-a"))
                        .expect(404)
                        .at("/error_msg")
                        .asString())
                .isEqualTo("vpc net-a could not be found.");
    }

    @Test
    void answersIpv6RangesInCanonicalForm() {
        assertThat(putVpc("net-six", "FD00:0012:0:0::/56")
                        .expect(201)
                        .at("/vpc/cidr")
                        .asString())
                .isEqualTo("fd00:12::/56");
        assertThat(putSubnet("sub-six", "net-six", "fd00:12:0:0:0::/64")
                        .expect(201)
                        .at("/subnet/cidr")
                        .asString())
                .isEqualTo("fd00:12::/64");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1/8",
        "169.254.0.0/24",
        "224.0.0.0/24",
        "0.0.0.0/0",
        "172.31.0.1/24",
        "nonsense",
        "172.31.0.0",
        "''",
        "::ffff:10.0.0.0/120",
        "fe80::/64",
        "fd00:ec2::/64"
    })
    void refusesBadVpcRangesNamingTheField(String cidr) {
        assertThat(putVpc("net-bad", cidr).expect(400).at("/error_msg").asString())
                .contains("'cidr'");
        api.get(api.inventory("/vpcs/net-bad")).expect(404);
    }

    @Test
    void refusesBadIdsNamesAndUnknownAttributes() {
        for (var id : List.of("a%20b", "x".repeat(65), "a,b", "%C3%A4")) {
            assertThat(putVpc(id, "172.31.0.0/24").expect(400).at("/error_msg").asString())
                    .contains("'id'");
        }
        for (var name : List.of("\"\\u0000\"", "\"a\\nb\"", "\"\\ud800\"", "\"" + "x".repeat(256) + "\"", "5")) {
            var body = "{\"cidr\":\"172.31.0.0/24\",\"name\":" + name + "}";
            assertThat(api.put(api.inventory("/vpcs/net-bad"), body)
                            .expect(400)
                            .at("/error_msg")
                            .asString())
                    .contains("name");
        }
        assertThat(api.put(api.inventory("/vpcs/net-bad"), "{\"cidr\":null}")
                        .expect(400)
                        .at("/error_msg")
                        .asString())
                .contains("'cidr'");
        assertThat(api.put(api.inventory("/vpcs/net-bad"), Map.of("cidr", "172.31.0.0/24", "zone", "x"))
                        .expect(400)
                        .at("/error_msg")
                        .asString())
                .contains("'zone'");
    }

    @Test
    void refusesOverlapsWithoutTellingOfOtherProjects() {
        putVpc("net-o1", "172.17.0.0/24").expect(201);
        assertThat(putVpc("net-o2", "172.17.0.0/25")
                        .expect(409)
                        .at("/error_msg")
                        .asString())
                .contains("vpc net-o1 (172.17.0.0/24)");
        jdbc.sql("insert into project (id, name, created_at) values ('other-net', 'other', now())")
                .update();
        jdbc.sql("insert into vpc (project_id, id, name, cidr, created_at, updated_at)"
                        + " values ('other-net', 'secret-vpc', '', '172.18.0.0/24', now(), now())")
                .update();
        assertThat(putVpc("net-o3", "172.18.0.0/16")
                        .expect(409)
                        .at("/error_msg")
                        .asString())
                .doesNotContain("secret-vpc")
                .contains("another project");
        assertThat(api.put("/inventory/v1/no-such-project/vpcs/v", Map.of("cidr", "172.31.7.0/24"))
                        .status())
                .isGreaterThanOrEqualTo(400)
                .isLessThan(500);
    }

    @Test
    void keepsSubnetsInsideTheirVpcAndApart() {
        putVpc("net-s", "172.19.0.0/20").expect(201);
        putSubnet("sub-1", "net-s", "172.19.1.0/24").expect(201);
        putSubnet("sub-1", "net-s", "172.19.1.0/24").expect(200);
        assertThat(putSubnet("sub-2", "net-s", "172.20.1.0/24")
                        .expect(400)
                        .at("/error_msg")
                        .asString())
                .contains("net-s (172.19.0.0/20)");
        assertThat(putSubnet("sub-2", "net-s", "172.19.1.128/25")
                        .expect(409)
                        .at("/error_msg")
                        .asString())
                .contains("sub-1 (172.19.1.0/24)");
        assertThat(putSubnet("sub-2", "net-none", "172.19.2.0/24")
                        .expect(404)
                        .at("/error_msg")
                        .asString())
                .isEqualTo("vpc net-none could not be found.");
        putSubnet("sub-2", "net-s", "172.19.2.1/32").expect(400);
        assertThat(putVpc("net-s", "172.19.0.0/24").expect(409).at("/error_msg").asString())
                .contains("sub-1");
        assertThat(api.delete(api.inventory("/vpcs/net-s"))
                        .expect(409)
                        .at("/error_msg")
                        .asString())
                .isEqualTo("subnet sub-1 is using this vpc.");
        putVpc("net-s", "172.19.0.0/16").expect(200);
        api.delete(api.inventory("/subnets/sub-1")).expect(204);
        api.delete(api.inventory("/vpcs/net-s")).expect(204);
    }

    @Test
    void keepsWhatASubnetHolds() {
        var cloud = Cloud.create(api);
        var server = cloud.server(5);
        var subnet = cloud.serverSubnetId();
        var address = cloud.address(5);
        var cidr = api.get(api.inventory("/subnets/" + subnet))
                .expect(200)
                .at("/subnet/cidr")
                .asString();
        var smaller = cidr.replace(".0/23", ".8/29");
        assertThat(putSubnet(subnet, cloud.vpcId(), smaller)
                        .expect(409)
                        .at("/error_msg")
                        .asString())
                .contains("server " + server + " (" + address + ")");
        putVpc("net-away", "172.21.0.0/24").expect(201);
        putSubnet(subnet, "net-away", "172.21.0.0/25").expect(409);
        putSubnet(subnet, cloud.vpcId(), cidr.replace("/23", "/24")).expect(200);
        assertThat(api.delete(api.inventory("/subnets/" + subnet))
                        .expect(409)
                        .at("/error_msg")
                        .asString())
                .isEqualTo("server " + server + " (" + address + ") is using this subnet.");
    }

    @Test
    void listsWithFiltersAndPaging() {
        var cloud = Cloud.create(api);
        var all = api.get(api.inventory("/subnets?vpc_id=" + cloud.vpcId())).expect(200);
        assertThat(all.at("/subnets").findValuesAsString("id"))
                .containsExactly(cloud.serverSubnetId(), cloud.vipSubnetId());
        var page = api.get(api.inventory("/subnets?limit=1&vpc_id=" + cloud.vpcId()))
                .expect(200);
        assertThat(page.at("/page_info/next_marker").asString()).isEqualTo(cloud.serverSubnetId());
        var next = api.get(
                        api.inventory("/subnets?limit=1&vpc_id=" + cloud.vpcId() + "&marker=" + cloud.serverSubnetId()))
                .expect(200);
        assertThat(next.at("/subnets/0/id").asString()).isEqualTo(cloud.vipSubnetId());
        assertThat(next.at("/page_info/next_marker").isMissingNode()).isTrue();
        var vpc = api.get(api.inventory("/vpcs/" + cloud.vpcId())).expect(200).at("/vpc");
        assertThat(api.get(api.inventory("/vpcs?cidr=" + vpc.at("/cidr").asString() + "&name=" + cloud.vpcId()))
                        .expect(200)
                        .at("/vpcs/0"))
                .isEqualTo(vpc);
        assertThat(api.get(api.inventory("/vpcs?id=none")).expect(200).at("/vpcs"))
                .isEmpty();
        api.get(api.inventory("/vpcs?colour=blue")).expect(400);
    }

    @Test
    void createsAvailabilityZonesOnce() {
        var code = "az-" + UUID.randomUUID();
        var path = "/inventory/v1/availability-zones/" + code;
        api.put(path, Map.of()).expect(201);
        assertThat(api.get(path).expect(200).at("/availability_zone/code").asString())
                .isEqualTo(code);
        assertThat(api.put(path, Map.of())
                        .expect(200)
                        .at("/availability_zone/code")
                        .asString())
                .isEqualTo(code);
        api.put(path, Map.of("name", "x")).expect(400);
        assertThat(api.get("/inventory/v1/availability-zones?code=" + code)
                        .expect(200)
                        .at("/availability_zones/0/code")
                        .asString())
                .isEqualTo(code);
        api.delete(path).expect(204);
        api.get(path).expect(404);
        api.delete(path).expect(404);
        api.put("/inventory/v1/availability-zones/a%20b", Map.of()).expect(400);
        Cloud.create(api).server(1);
        assertThat(api.delete("/inventory/v1/availability-zones/az-1")
                        .expect(409)
                        .at("/error_msg")
                        .asString())
                .contains("is using this availability zone");
    }
}
