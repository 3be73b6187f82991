package io.evenkeel.agentsync.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** {@code /vips/{address}} of the management port, which needs no credentials. */
@EvenkeelTest
class VipEndpointTests {

    private static final int PORT = 18_451;

    @Autowired
    Api api;

    @Autowired
    Environment environment;

    private Api.Answer ask(String address) {
        return management().get("/vips/" + address);
    }

    private Api management() {
        return new Api("http://127.0.0.1:" + environment.getRequiredProperty("local.management.port"), "", "");
    }

    private void awaitReason(String vip, String reason) {
        await().untilAsserted(() ->
                assertThat(ask(vip).expect(503).path("reason").asString()).isEqualTo(reason));
    }

    @Test
    void answersByWhatTheWorkerServes() {
        var estate = Estate.createOnLoopback(api);
        var vip = estate.cloud().vip(10);
        assertThat(ask(vip).expect(404).path("reason").asString()).isEqualTo("UNKNOWN");

        var loadBalancer = estate.loadBalancer(Map.of("vip_address", vip));
        await().untilAsserted(() -> assertThat(ask(vip).status()).isEqualTo(503));
        awaitReason(vip, "NO_LISTENER");

        estate.listener(loadBalancer, PORT, estate.poolOf(loadBalancer));
        await().untilAsserted(() -> {
            var answer = ask(vip).expect(200);
            assertThat(answer.path("serving").asBoolean()).isTrue();
            assertThat(answer.path("loadbalancer_id").asString()).isEqualTo(loadBalancer);
            assertThat(answer.has("reason")).isFalse();
        });
        assertThat(management().send("HEAD", "/vips/" + vip, null, Map.of()).status())
                .isEqualTo(200);

        estate.change("/loadbalancers/" + loadBalancer, "loadbalancer", Map.of("admin_state_up", false))
                .expect(200);
        awaitReason(vip, "SWITCHED_OFF");
        estate.change("/loadbalancers/" + loadBalancer, "loadbalancer", Map.of("admin_state_up", true))
                .expect(200);
        await().untilAsserted(() -> assertThat(ask(vip).status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::77", "2001%3Adb8%3A%3A77", "192.0.2.77", "x", "1.2.3", "1.2.3.4/5", ""})
    void knowsNoOther(String address) {
        assertThat(ask(address).expect(404).path("serving").asBoolean(true)).isFalse();
    }

    @Test
    void takesNothingButReading() {
        assertThat(management().post("/vips/192.0.2.77", "{}").status()).isEqualTo(405);
    }

    @Test
    void isNotOnThePortOfTheApi() {
        assertThat(api.as("", "").get("/vips/192.0.2.77").status()).isEqualTo(401);
        assertThat(api.get("/vips/192.0.2.77").status()).isEqualTo(404);
    }
}
