package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.http2.EchoServer;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS listeners with HTTP/2, by a client of the JDK. */
@OnEveryTransport
class WorkerHttp2Tests {

    @TempDir
    private Path home;

    private WorkerHarness harness;
    private EchoServer server;
    private DesiredLoadBalancer loadBalancer;

    @BeforeEach
    void start() throws IOException {
        harness = new WorkerHarness(home);
        server = harness.resource(new EchoServer());
        var pool = pool();
        harness.serve(pool);
        loadBalancer = States.at(States.loadBalancer(listener(pool)), harness.vip);
        harness.serve(loadBalancer);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private DesiredPool pool() {
        return Pools.speaking(
                Pools.pool(Pools.member("127.0.0.1", server.address().getPort())), PoolProtocol.HTTP);
    }

    private DesiredListener listener(DesiredPool pool) {
        var listener = States.securedBy(
                States.listener(ListenerProtocol.HTTPS, harness.port, Optional.of(pool.id())), tls(true));
        return States.inserting(listener, Map.of("X-Forwarded-Proto", "true"));
    }

    private static DesiredTls tls(boolean offersHttp2) {
        return TlsStates.offeringHttp2(
                TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))), offersHttp2);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(Version.HTTP_2)
                .sslContext(TlsClients.anonymous().context())
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://" + harness.vip + ":" + harness.port + path));
    }

    private HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString(ISO_8859_1));
    }

    @Test
    void speaksHttp2ToClientsThatAskForIt() throws Exception {
        try (var client = client()) {
            var response = get(client, "/path?query=1");
            assertThat(response.version()).isEqualTo(Version.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
            assertThat(server.requests().getLast().lines())
                    .contains("GET /path?query=1 HTTP/1.1", "X-Forwarded-Proto: https")
                    .contains("host: " + harness.vip + ":" + harness.port);
        }
    }

    @Test
    void speaksHttp1ToClientsThatKnowNothingElse() throws Exception {
        try (var client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .sslContext(TlsClients.anonymous().context())
                .build()) {
            var response = get(client, "/");
            assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(response.body()).isEqualTo("hello");
        }
    }

    @Test
    void offersHttp2OnlyWhereItIsSwitchedOn() throws Exception {
        var listener = loadBalancer.listeners().getFirst();
        harness.serve(States.next(loadBalancer, States.securedBy(listener, tls(false))));
        try (var client = client()) {
            assertThat(get(client, "/").version()).isEqualTo(Version.HTTP_1_1);
        }
        harness.serve(States.next(
                States.atGeneration(loadBalancer, loadBalancer.generation() + 1),
                States.securedBy(listener, tls(true))));
        try (var client = client()) {
            assertThat(get(client, "/").version()).isEqualTo(Version.HTTP_2);
        }
    }

    @Test
    void carriesLongContentBothWays() throws Exception {
        var content = "0123456789".repeat(500_000);
        try (var client = client()) {
            var echo = client.send(
                    request("/echo")
                            .POST(BodyPublishers.ofString(content, ISO_8859_1))
                            .build(),
                    BodyHandlers.ofString(ISO_8859_1));
            assertThat(echo.version()).isEqualTo(Version.HTTP_2);
            assertThat(echo.body()).isEqualTo(content);
            assertThat(get(client, "/chunked/3000000").body()).hasSize(3_000_000);
        }
    }

    @Test
    void servesManyRequestsOnOneConnection() throws Exception {
        try (var client = client()) {
            get(client, "/");
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < 100; i++) {
                answers.add(client.sendAsync(request("/size/" + 1000 * i).build(), BodyHandlers.ofString(ISO_8859_1)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).join().body()).hasSize(1000 * i);
            }
        }
    }

    @Test
    void losesNoRequestToChangesOfItsListener() throws Exception {
        try (var client = client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(get(client, "/").statusCode()).isEqualTo(200);
                var listener = loadBalancer.listeners().getFirst();
                loadBalancer = States.next(loadBalancer, States.renamed(listener, "name" + i));
                harness.serve(loadBalancer);
            }
        }
    }
}
