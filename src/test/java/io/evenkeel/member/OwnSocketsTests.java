package io.evenkeel.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** No VIP leads to the installation itself. */
@EvenkeelTest
class OwnSocketsTests {

    private final Api api;
    private final Environment environment;
    private final Cloud cloud;
    private final String poolId;

    @Autowired
    OwnSocketsTests(Api api, Environment environment) {
        this.api = api;
        this.environment = environment;
        cloud = Cloud.createOnLoopback(api);
        cloud.server(1);
        poolId = api.post(
                        api.elb("/pools"),
                        Map.of(
                                "pool",
                                Map.of(
                                        "protocol", "HTTP",
                                        "lb_algorithm", "ROUND_ROBIN",
                                        "type", "instance",
                                        "vpc_id", cloud.vpcId())))
                .expect(201)
                .path("pool")
                .path("id")
                .asString();
    }

    private Api.Answer add(int port) {
        return api.post(
                api.elb("/pools/" + poolId + "/members"),
                Map.of(
                        "member",
                        Map.of(
                                "address",
                                cloud.address(1),
                                "subnet_cidr_id",
                                cloud.serverSubnetId(),
                                "protocol_port",
                                port)));
    }

    @Test
    void theApiIsNoBackend() {
        int apiPort = URI.create(api.root()).getPort();

        var answer = add(apiPort);

        assertThat(answer.expect(400).path("error_code").asString()).isEqualTo("ELB.9899");
        assertThat(answer.body().path("error_msg").asString())
                .contains("member.protocol_port", "this installation itself");
    }

    @Test
    void managementIsNoBackendEitherByWayOfAnUpdate() {
        int management = environment.getRequiredProperty("local.management.port", Integer.class);
        var member = add(8080).expect(201).path("member").path("id").asString();
        var path = api.elb("/pools/" + poolId + "/members/");

        api.put(path + member, Map.of("member", Map.of("protocol_port", management)))
                .expect(400);
        api.post(path + "batch-update", Map.of("members", List.of(Map.of("id", member, "protocol_port", management))))
                .expect(400);

        assertThat(api.get(path + member)
                        .expect(200)
                        .path("member")
                        .path("protocol_port")
                        .asInt())
                .isEqualTo(8080);
    }
}
