package io.evenkeel.desiredstate.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.dataplane.States;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.routing.DesiredAction;
import io.evenkeel.desiredstate.routing.DesiredAction.Answer;
import io.evenkeel.desiredstate.routing.DesiredAction.Redirect;
import io.evenkeel.desiredstate.routing.DesiredAction.Rewrite;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.Stickiness;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredCors;
import io.evenkeel.desiredstate.routing.DesiredFields;
import io.evenkeel.desiredstate.routing.DesiredFields.Inserted;
import io.evenkeel.desiredstate.routing.DesiredFields.Source;
import io.evenkeel.desiredstate.routing.DesiredLimit;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** That policies keep their order and every kind of action keeps its kind on their way to workers and files. */
class PolicyCodecTests {

    private static final DesiredFields FIELDS =
            new DesiredFields(List.of("X-A"), List.of(new Inserted("X-B", Source.REQUEST_FIELD, "X-C")));

    private static final ToPools TO_POOLS = new ToPools(
            List.of(new Share(new UUID(1, 2), 3), new Share(new UUID(3, 4), 0)),
            Optional.of(new Stickiness(Duration.ofMinutes(5), "abcd")),
            Optional.of(new Rewrite("h", "/p", "q")),
            FIELDS,
            new DesiredLimit(3, 2, 1),
            Optional.of(new DesiredCors(List.of("*"), List.of("GET"), List.of(), List.of("X"), false, -1)));

    private static DesiredLoadBalancer with(DesiredAction... actions) {
        var rule = new DesiredRule(Subject.PATH, Comparison.CONTAINS_PATTERN, "", List.of("^/", "b"), true);
        var policies = List.of(actions).stream()
                .map(action -> new DesiredPolicy(new UUID(7, 8), List.of(rule), action))
                .toList();
        return States.loadBalancer(
                States.listener(ListenerProtocol.HTTP, 80, Optional.empty()).withPolicies(policies));
    }

    @Test
    void policiesComeBackAsTheyWere() throws IOException {
        var desired = with(
                new Answer(404, "text/plain", "no", FIELDS, DesiredLimit.NONE),
                TO_POOLS,
                new Redirect(301, "https", "${host}", "443", "/x", "", DesiredFields.NONE));
        assertThat(DesiredStateCodec.decode(DesiredStateCodec.encode(desired))).isEqualTo(desired);
        assertThat(DesiredStateCodec.SHAPE).contains("stickiness", "contentType", "Redirect(status");
    }

    @Test
    void theKeyOfAPolicysCookiesIsNotTold() {
        assertThat(TO_POOLS).asString().contains("Stickiness").doesNotContain("abcd");
    }

    @Test
    void anActionOfAnotherKindIsNoAction() {
        var bytes = DesiredStateCodec.encode(with(TO_POOLS));
        var text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).replace("ToPools", "ToSpace");
        assertThatThrownBy(() -> DesiredStateCodec.decode(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ToSpace");
    }
}
