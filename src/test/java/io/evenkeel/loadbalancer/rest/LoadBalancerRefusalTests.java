package io.evenkeel.loadbalancer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@EvenkeelTest
class LoadBalancerRefusalTests {

    @Autowired
    Api api;

    private Cloud cloud;

    @BeforeEach
    void makeCloud() {
        cloud = Cloud.create(api);
    }

    /** Attribute, what the message must name, value as JSON with X for 256 characters. */
    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name                       | loadbalancer.name                               | "X"
            name                       | loadbalancer.name                               | 5
            name                       | loadbalancer.name                               | "a\\u0000b"
            description                | loadbalancer.description                        | "X"
            description                | loadbalancer.description                        | "a\\nb"
            admin_state_up             | loadbalancer.admin_state_up                     | "yes"
            admin_state_up             | loadbalancer.admin_state_up                     | 1
            provider                   | loadbalancer.provider                           | "other"
            guaranteed                 | loadbalancer.guaranteed                         | false
            project_id                 | loadbalancer.project_id                         | "another"
            vpc_id                     | loadbalancer.vpc_id                             | ""
            vpc_id                     | loadbalancer.vpc_id                             | "a b"
            vip_subnet_cidr_id         | loadbalancer.vip_subnet_cidr_id                 | ""
            vip_address                | loadbalancer.vip_address                        | "10.0.0"
            vip_address                | loadbalancer.vip_address                        | ""
            vip_address                | loadbalancer.vip_address                        | "fd00::1"
            vip_address                | loadbalancer.vip_address                        | "localhost"
            ipv6_vip_virsubnet_id      | loadbalancer.ipv6_vip_virsubnet_id              | "$"
            ipv6_vip_address           | loadbalancer.ipv6_vip_address                   | "fd00::1"
            availability_zone_list     | loadbalancer.availability_zone_list             | null
            availability_zone_list     | loadbalancer.availability_zone_list             | []
            availability_zone_list     | loadbalancer.availability_zone_list             | "az-1"
            availability_zone_list     | loadbalancer.availability_zone_list[1]          | ["az-1", "az-9"]
            availability_zone_list     | loadbalancer.availability_zone_list[0]          | [null]
            enterprise_project_id      | loadbalancer.enterprise_project_id              | ""
            enterprise_project_id      | loadbalancer.enterprise_project_id              | "0"
            billing_info               | loadbalancer.billing_info                       | "X"
            l4_flavor_id               | loadbalancer.l4_flavor_id                       | "small"
            l4_flavor_id               | loadbalancer.l4_flavor_id                       | "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0101"
            l7_flavor_id               | loadbalancer.l7_flavor_id                       | "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0001"
            elb_virsubnet_ids          | loadbalancer.elb_virsubnet_ids[0]               | [" "]
            elb_virsubnet_ids          | loadbalancer.elb_virsubnet_ids                  | {}
            ip_target_enable           | loadbalancer.ip_target_enable                   | "true"
            ipv6_bandwidth             | loadbalancer.ipv6_bandwidth.id                  | {}
            deletion_protection_enable | loadbalancer.deletion_protection_enable         | 0
            autoscaling                | loadbalancer.autoscaling.enable                 | {"enable": "yes"}
            autoscaling                | loadbalancer.autoscaling.min_l7_flavor_id       | {"min_l7_flavor_id": "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0001"}
            autoscaling                | autoscaling.size                                | {"size": 1}
            charge_mode                | loadbalancer.charge_mode                        | "free"
            waf_failure_action         | loadbalancer.waf_failure_action                 | "ignore"
            protection_status          | loadbalancer.protection_status                  | "strong"
            protection_reason          | loadbalancer.protection_reason                  | "without protection"
            protection_reason          | loadbalancer.protection_reason                  | "<b>"
            publicip_ids               | loadbalancer.publicip_ids[0]                    | [""]
            publicip                   | loadbalancer.publicip.bandwidth                 | {"network_type": "5_bgp"}
            publicip                   | loadbalancer.publicip.bandwidth.size            | {"network_type": "5_bgp", "bandwidth": {"size": 100000}}
            publicip                   | loadbalancer.publicip.ip_version                | {"ip_version": 6, "network_type": "5_bgp", "bandwidth": {}}
            prepaid_options            | loadbalancer.prepaid_options                    | {"period_num": 1}
            tags                       | loadbalancer.tags[0].key                        | [{"key": "", "value": "v"}]
            tags                       | loadbalancer.tags[0].key                        | [{"value": "v"}]
            tags                       | loadbalancer.tags[0].value                      | [{"key": "k", "value": "01234567890123456789012345678901234567890123"}]
            tags                       | loadbalancer.tags                               | [{"key": "k", "value": "a"}, {"key": "k", "value": "b"}]
            vip_port_id                | vip_port_id                                     | "x"
            """)
    void refusesWhatIsWrongByItsName(String attribute, String named, String value) {
        var fields = new StringBuilder("\"%s\": %s".formatted(attribute, value.replace("X", "x".repeat(256))));
        if (!attribute.equals("availability_zone_list")) {
            fields.append(", \"availability_zone_list\": [\"az-1\"]");
        }
        if (!attribute.equals("vip_subnet_cidr_id")) {
            fields.append(", \"vip_subnet_cidr_id\": \"%s\"".formatted(cloud.vipSubnetId()));
        }

        var answer = api.post(api.elb("/loadbalancers"), "{\"loadbalancer\": {" + fields + "}}");

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.body().get("error_msg").asString()).contains("'" + named + "'");
        assertThat(answer.body().get("error_code").asString()).startsWith("ELB.");
        assertThat(api.get(api.elb("/loadbalancers?vpc_id=" + cloud.vpcId()))
                        .expect(200)
                        .get("loadbalancers"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name                       | "X"
            name                       | []
            admin_state_up             | null
            deletion_protection_enable | null
            elb_virsubnet_ids          | null
            elb_virsubnet_ids          | []
            vip_address                | null
            charge_mode                | "free"
            protection_reason          | "alone"
            l4_flavor_id               | "x"
            ip_target_enable           | null
            vpc_id                     | "vpc-2"
            provider                   | "vlb"
            tags                       | []
            availability_zone_list     | ["az-1"]
            prepaid_options            | {"period_num": 1}
            """)
    void refusesAWrongUpdateByItsName(String attribute, String value) {
        var made = api.post(
                        api.elb("/loadbalancers"),
                        "{\"loadbalancer\": {\"availability_zone_list\": [\"az-1\"], \"vip_subnet_cidr_id\": \"%s\"}}"
                                .formatted(cloud.vipSubnetId()))
                .expect(201)
                .get("loadbalancer");
        var path = api.elb("/loadbalancers/" + made.get("id").asString());

        var answer = api.put(
                path, "{\"loadbalancer\": {\"%s\": %s}}".formatted(attribute, value.replace("X", "x".repeat(256))));

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.body().get("error_msg").asString()).contains(attribute);
        assertThat(api.get(path).expect(200).get("loadbalancer")).isEqualTo(made);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            vpc vpc-none       | {"vpc_id": "vpc-none"}
            subnet none        | {"vip_subnet_cidr_id": "none"}
            subnet none        | {"vpc_id": "VPC", "ipv6_vip_virsubnet_id": "none"}
            subnet none        | {"vpc_id": "VPC", "elb_virsubnet_ids": ["none"]}
            flavor 0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999 | {"vpc_id": "VPC", "l4_flavor_id": "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999"}
            """)
    void namesWhatItCannotFind(String missing, String fields) {
        var body = fields.replace("VPC", cloud.vpcId()).replace("}", ", \"availability_zone_list\": [\"az-1\"]}");

        var answer = api.post(api.elb("/loadbalancers"), "{\"loadbalancer\": " + body + "}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("error_msg").asString()).isEqualTo(missing + " could not be found.");
    }

    @Test
    void staysInOneVpc() {
        var other = Cloud.create(api);
        for (var fields : new String[] {
            "\"vpc_id\": \"%s\", \"vip_subnet_cidr_id\": \"%s\"".formatted(cloud.vpcId(), other.vipSubnetId()),
            "\"vpc_id\": \"%s\", \"elb_virsubnet_ids\": [\"%s\"]".formatted(cloud.vpcId(), other.serverSubnetId())
        }) {
            var answer = api.post(
                    api.elb("/loadbalancers"),
                    "{\"loadbalancer\": {\"availability_zone_list\": [\"az-1\"], %s}}".formatted(fields));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().get("error_code").asString()).isEqualTo("ELB.9899");
            assertThat(answer.body().get("error_msg").asString()).contains(cloud.vpcId(), other.vpcId());
        }
    }

    @Test
    void needsAVpcOrASubnet() {
        var answer =
                api.post(api.elb("/loadbalancers"), "{\"loadbalancer\": {\"availability_zone_list\": [\"az-1\"]}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error_msg").asString()).contains("loadbalancer.vpc_id");
    }
}
