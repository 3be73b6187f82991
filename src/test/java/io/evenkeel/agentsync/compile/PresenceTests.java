package io.evenkeel.agentsync.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredPool.Presence;
import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import io.evenkeel.desiredstate.DesiredPool.ZoneAffinity;
import io.evenkeel.desiredstate.DesiredPool.ZoneFallback;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** How members come and go, from the API to the desired state. */
@EvenkeelTest
class PresenceTests {

    @Autowired
    Api api;

    @Autowired
    DesiredStateCompiler compiler;

    private Presence compiled(String protocol, String more) {
        var id = api.post(
                        api.elb("/pools"),
                        "{\"pool\":{\"type\":\"ip\",\"lb_algorithm\":\"ROUND_ROBIN\",\"protocol\":\"" + protocol + "\""
                                + more + "}}")
                .expect(201)
                .at("/pool/id")
                .asString();
        return compiler.pools(List.of(UUID.fromString(id))).stream()
                .map(DesiredPool::presence)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutSettingsIsPlain() {
        assertThat(compiled("TCP", "")).isEqualTo(Presence.PLAIN);
        assertThat(compiled("TCP", ",\"connection_drain\":{\"enable\":false,\"timeout\":30}"))
                .isEqualTo(Presence.PLAIN);
        assertThat(compiled("HTTP", ",\"slow_start\":{\"enable\":false}")).isEqualTo(Presence.PLAIN);
        assertThat(compiled("TCP", ",\"az_affinity\":{\"enable\":false}")).isEqualTo(Presence.PLAIN);
    }

    @Test
    void hasTheSettingsThatAreEnabled() {
        assertThat(
                        compiled(
                                "TCP",
                                ",\"connection_drain\":{\"enable\":true,\"timeout\":30},\"pool_health\":{\"minimum_healthy_member_count\":1}"))
                .isEqualTo(new Presence(Optional.of(Duration.ofSeconds(30)), Optional.empty(), true, Optional.empty()));
        assertThat(compiled("HTTP", ",\"slow_start\":{\"enable\":true,\"duration\":40}"))
                .isEqualTo(new Presence(
                        Optional.empty(), Optional.of(new SlowStart(Duration.ofSeconds(40))), false, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "percentage, 0,   forward_to_all_member_of_local_az,      ALL_OF_ZONE",
        "percentage, 100, forward_to_healthy_member_of_remote_az, HEALTHY_OF_OTHER_ZONES",
        "count,      0,   forward_to_all_healthy_member,          ALL_HEALTHY",
        "count,      7,   forward_to_all_member,                  ALL"
    })
    void hasTheAffinityWithEachFallback(String kind, int minimum, String onWire, ZoneFallback fallback) {
        var affinity = "{\"enable\":true,\"az_minimum_healthy_member_%s\":%d,\"az_unhealthy_fallback_strategy\":\"%s\"}"
                .formatted(kind, minimum, onWire);
        assertThat(compiled("UDP", ",\"az_affinity\":" + affinity).zoneAffinity())
                .contains(new ZoneAffinity(kind.equals("percentage"), minimum, fallback));
    }
}
