package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.routing.DesiredAction;
import io.evenkeel.desiredstate.routing.DesiredAction.Answer;
import io.evenkeel.desiredstate.routing.DesiredAction.Redirect;
import io.evenkeel.desiredstate.routing.DesiredAction.Rewrite;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.Stickiness;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredFields;
import io.evenkeel.desiredstate.routing.DesiredFields.Inserted;
import io.evenkeel.desiredstate.routing.DesiredFields.Source;
import io.evenkeel.desiredstate.routing.DesiredLimit;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies of an HTTPS listener, for clients of HTTP/1.1 and of HTTP/2. */
@OnEveryTransport
class WorkerPoliciesTests {

    @TempDir
    private Path home;

    private WorkerHarness harness;

    @BeforeEach
    void serve() {
        harness = new WorkerHarness(home);
        var main = pool("main");
        var one = pool("one");
        var two = pool("two");
        var tls = TlsStates.offeringHttp2(TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))), true);
        var header = new Inserted("X-Scheme", Source.LOAD_BALANCER, "ELB-PROTOCOL");
        var listener = States.securedBy(States.listener(ListenerProtocol.HTTPS, harness.port, Optional.of(main)), tls)
                .withPolicies(List.of(
                        policy(
                                "/to",
                                toPools(
                                        Optional.empty(),
                                        new DesiredFields(List.of(), List.of(header)),
                                        new Share(one, 1))),
                        policy(
                                "/kept",
                                toPools(
                                        Optional.of(new Stickiness(Duration.ofMinutes(5), "5a".repeat(32))),
                                        DesiredFields.NONE,
                                        new Share(one, 1),
                                        new Share(two, 1))),
                        policy(
                                "/old",
                                new Redirect(
                                        308,
                                        "${protocol}",
                                        "${host}",
                                        "${port}",
                                        "/new",
                                        "${query}",
                                        DesiredFields.NONE)),
                        policy("/no", new Answer(403, "text/plain", "no", DesiredFields.NONE, DesiredLimit.NONE))));
        harness.serve(States.at(States.loadBalancer(listener), harness.vip));
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private UUID pool(String name) {
        var pool = Pools.pool(Pools.member("127.0.0.1", harness.backend(name).port()));
        harness.serve(pool);
        return pool.id();
    }

    private static DesiredPolicy policy(String prefix, DesiredAction action) {
        var rule = new DesiredRule(Subject.PATH, Comparison.STARTS_WITH, "", List.of(prefix), false);
        return new DesiredPolicy(UUID.randomUUID(), List.of(rule), action);
    }

    private static ToPools toPools(Optional<Stickiness> stickiness, DesiredFields fields, Share... shares) {
        return new ToPools(
                List.of(shares),
                stickiness,
                Optional.of(new Rewrite("${host}", "/inner", "${query}")),
                fields,
                DesiredLimit.NONE,
                Optional.empty());
    }

    private HttpClient client(Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .sslContext(TlsClients.anonymous().context())
                .build();
    }

    private HttpResponse<String> ask(HttpClient client, String path) throws IOException, InterruptedException {
        var uri = URI.create("https://" + harness.vip + ":" + harness.port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void decideForEachRequestOfAConnection(Version version) throws IOException, InterruptedException {
        try (var client = client(version)) {
            var plain = ask(client, "/");
            assertThat(plain.version()).isEqualTo(version);
            assertThat(plain.body()).isEqualTo("main");
            assertThat(ask(client, "/to/x").body()).isEqualTo("one");
            var moved = ask(client, "/old?q=1");
            assertThat(moved.statusCode()).isEqualTo(308);
            assertThat(moved.headers().firstValue("location"))
                    .hasValue("https://" + harness.vip + ":" + harness.port + "/new?q=1");
            var refused = ask(client, "/no");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).isEqualTo("no");
            assertThat(refused.version()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void keepEachClientAtAPool(Version version) throws IOException, InterruptedException {
        var landed = new ArrayList<String>();
        for (int n = 0; n < 8; n++) {
            try (var client = client(version)) {
                var first = ask(client, "/kept");
                assertThat(first.headers().firstValue("set-cookie"))
                        .hasValueSatisfying(cookie -> assertThat(cookie).contains("Secure; SameSite=None"));
                landed.add(first.body());
                for (int again = 0; again < 3; again++) {
                    assertThat(ask(client, "/kept").body()).isEqualTo(first.body());
                }
            }
        }
        assertThat(new HashSet<>(landed)).containsExactlyInAnyOrder("one", "two");
    }
}
