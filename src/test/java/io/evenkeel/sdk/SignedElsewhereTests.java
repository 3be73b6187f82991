package io.evenkeel.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.core.HttpListener;
import com.huaweicloud.sdk.core.HttpListener.RequestListener;
import com.huaweicloud.sdk.core.HttpListener.ResponseListener;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.LocationType;
import io.evenkeel.sdk.SdkEstate.Tenants;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the Java SDK asks, asked again with the signatures of the SDKs for Go, Python and Node: questions give the same
 * answer, and each write's rehearsal the status that the write itself then has.
 */
@EvenkeelTest
@Import(Tenants.class)
class SignedElsewhereTests {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int OK = 200;

    /** Of what a rehearsal answers with its plan. */
    private static final int NO_CONTENT = 204;

    private final Api api;
    private final Clock clock;
    private final Tenants tenants;
    private final Sdk.Account account;

    @Autowired
    SignedElsewhereTests(Api api, Clock clock, Tenants tenants) {
        this.api = api.as("", "");
        this.clock = clock;
        this.tenants = tenants;
        account = SdkEstate.account(tenants);
    }

    private Api.Answer again(Signing signing, String method, URI target, String body) {
        var headers = signing.headers(account, method, target, body, DATE.format(clock.instant()));
        var path = target.toString().substring(api.root().length());
        return api.send(method, path, body.isEmpty() ? null : body, headers);
    }

    /** Asks again what the SDK asks: a question after its answer, a write's rehearsal before it is done. */
    private final class Echo implements HttpListener {

        private final List<String> asked = new ArrayList<>();
        private final Map<Signing, Integer> rehearsed = new HashMap<>();

        @Override
        public void preRequest(RequestListener request) {
            if (!request.httpMethod().equals("GET")) {
                var target = URI.create(request.uri() + "?dry_run=true");
                for (var signing : Signing.values()) {
                    var answer = again(
                            signing,
                            request.httpMethod(),
                            target,
                            request.body().orElse(""));
                    rehearsed.put(signing, answer.status());
                }
            }
        }

        @Override
        public void postResponse(ResponseListener answer) {
            var call = answer.httpMethod() + " " + answer.uri();
            for (var signing : Signing.values()) {
                if (answer.httpMethod().equals("GET")) {
                    var twin = again(signing, "GET", URI.create(answer.uri()), "");
                    assertThat(twin.status()).as(signing + " " + call).isEqualTo(answer.statusCode());
                    assertThat(withoutRequestId(twin.body()))
                            .as(signing + " " + call)
                            .isEqualTo(withoutRequestId(
                                    Sdk.JSON.readTree(answer.body().orElseThrow())));
                } else {
                    assertThat(rehearsed.get(signing))
                            .as(signing + " " + call)
                            .isEqualTo(answer.statusCode() == NO_CONTENT ? OK : answer.statusCode());
                }
            }
            asked.add(call);
        }

        private static JsonNode withoutRequestId(JsonNode body) {
            return ((ObjectNode) body).without("request_id");
        }
    }

    @Test
    void everyCallIsUnderstoodWhoeverSigned() {
        var echo = new Echo();
        var estate = SdkEstate.create(api, tenants, account, echo);
        var questions = new TreeSet<String>();
        Sdk.operations().forEach((name, operation) -> {
            if (operation.getMethod() == HttpMethod.GET && !name.endsWith("Job")) {
                questions.add(name);
                estate.sdk().call(name, request(estate, name));
            }
        });
        deleteAll(estate);

        assertThat(questions).hasSize(39);
        assertThat(echo.asked)
                .hasSizeGreaterThan(estate.calls().size() + questions.size())
                .anyMatch(call -> call.startsWith("GET") && call.contains("name=z") && call.contains("name=%C3%A4"))
                .anyMatch(call -> call.startsWith("POST"))
                .anyMatch(call -> call.startsWith("PUT"))
                .anyMatch(call -> call.startsWith("DELETE"));
    }

    /** With every variable of the path, and names in the query that are not in order. */
    private static Map<String, Object> request(SdkEstate estate, String operation) {
        var variables = Map.ofEntries(
                Map.entry("loadbalancer_id", "lb1"),
                Map.entry("listener_id", "http"),
                Map.entry("pool_id", operation.contains("MasterSlave") ? "pair1" : "web"),
                Map.entry("member_id", "one"),
                Map.entry("healthmonitor_id", "check"),
                Map.entry("l7policy_id", "pool1"),
                Map.entry("l7rule_id", "path"),
                Map.entry("certificate_id", "cert1"),
                Map.entry("ipgroup_id", "ips1"),
                Map.entry("security_policy_id", "tls1"),
                Map.entry("flavor_id", "l7"),
                Map.entry("logtank_id", "log1"));
        var request = new HashMap<String, Object>();
        Sdk.operation(operation).getRequestFields().forEach(field -> {
            if (field.getLocation() == LocationType.Path) {
                var row = variables.get(field.getName());
                request.put(field.getName(), estate.value(Objects.requireNonNull(row, operation)));
            } else if (field.getName().equals("name") && field.getFieldType().equals(List.class)) {
                request.put("name", Arrays.asList("z", "front*~ s", "fronts", "ä&=+%", "a"));
            }
        });
        return request;
    }

    private static void deleteAll(SdkEstate estate) {
        var sdk = estate.sdk();
        sdk.call("DeleteL7Rule", Map.of("l7policy_id", estate.value("pool1"), "l7rule_id", estate.value("head")));
        sdk.call("DeleteL7Policy", Map.of("l7policy_id", estate.value("hop")));
        sdk.call("DeleteLogtank", Map.of("logtank_id", estate.value("log1")));
        sdk.call("DeleteMember", Map.of("pool_id", estate.value("web"), "member_id", estate.value("two")));
        sdk.call("DeleteMasterSlavePool", Map.of("pool_id", estate.value("pair2")));
        sdk.call("DeleteListenerForce", Map.of("listener_id", estate.value("next")));
        sdk.call("DeleteHealthMonitor", Map.of("healthmonitor_id", estate.value("check")));
    }
}
