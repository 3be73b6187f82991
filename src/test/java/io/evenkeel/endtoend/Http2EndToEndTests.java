package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.GrpcServer;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** HTTP/2 and gRPC, from the API to clients. */
@EvenkeelTest
class Http2EndToEndTests {

    private static final int PORT = 18_543;
    private static final int BACKEND_PORT = 19_543;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;

    @Autowired
    Http2EndToEndTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
    }

    /** Its path. */
    private String listener(String loadBalancerId, String poolId, int port) {
        var issued = Pki.selfSigned("main");
        var certificate = api.post(
                        api.elb("/certificates"),
                        Map.of(
                                "certificate",
                                Map.of("type", "server", "certificate", issued.pem(), "private_key", issued.key())))
                .expect(201)
                .at("/certificate/id")
                .asString();
        var made = api.post(
                        api.elb("/listeners"),
                        Map.of(
                                "listener",
                                Map.of(
                                        "protocol",
                                        "HTTPS",
                                        "protocol_port",
                                        port,
                                        "loadbalancer_id",
                                        loadBalancerId,
                                        "default_pool_id",
                                        poolId,
                                        "default_tls_container_ref",
                                        certificate,
                                        "http2_enable",
                                        true)))
                .expect(201);
        assertThat(made.path("warnings").toString()).doesNotContain("http2_enable");
        return api.elb("/listeners/" + made.at("/listener/id").asString());
    }

    private static void awaitAnswer(String vip, Version version, String body) {
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
            try (var client = HttpClient.newBuilder()
                    .version(Version.HTTP_2)
                    .sslContext(TlsClients.anonymous().context())
                    .build()) {
                var request = HttpRequest.newBuilder(URI.create("https://" + vip + ":" + PORT + "/"))
                        .build();
                var response = client.send(request, BodyHandlers.ofString());
                assertThat(response.version()).isEqualTo(version);
                assertThat(response.body()).isEqualTo(body);
            }
        });
    }

    @Test
    void http2IsSpokenWhereItIsSwitchedOn() {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var poolId = elb.createPool(loadBalancer.getId(), "HTTP", "ROUND_ROBIN");
        cloud.server(1);
        try (var backend = new Backend("backend", cloud.address(1), BACKEND_PORT)) {
            elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
            var path = listener(loadBalancer.getId(), poolId, PORT);
            awaitAnswer(loadBalancer.getVipAddress(), Version.HTTP_2, backend.name());
            api.put(path, Map.of("listener", Map.of("http2_enable", false))).expect(200);
            awaitAnswer(loadBalancer.getVipAddress(), Version.HTTP_1_1, backend.name());
        }
    }

    @Test
    void callsReachTheMembersOfAGrpcPool() throws IOException {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var poolId = elb.createPool(loadBalancer.getId(), "GRPC", "ROUND_ROBIN");
        cloud.server(1);
        try (var server =
                new GrpcServer(new InetSocketAddress(InetAddress.ofLiteral(cloud.address(1)), BACKEND_PORT + 1))) {
            api.post(
                            api.elb("/healthmonitors"),
                            Map.of(
                                    "healthmonitor",
                                    Map.of(
                                            "pool_id",
                                            poolId,
                                            "type",
                                            "GRPC",
                                            "delay",
                                            1,
                                            "timeout",
                                            1,
                                            "max_retries",
                                            1)))
                    .expect(201);
            elb.createMember(poolId, cloud, 1, server.port(), 1);
            listener(loadBalancer.getId(), poolId, PORT + 1);
            var channel = NettyChannelBuilder.forAddress(loadBalancer.getVipAddress(), PORT + 1)
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .build())
                    .build();
            try {
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                        .untilAsserted(() -> assertThat(ClientCalls.blockingUnaryCall(
                                        channel, GrpcServer.ECHO, CallOptions.DEFAULT, "hello"))
                                .isEqualTo("hello"));
            } finally {
                channel.shutdownNow();
            }
        }
    }
}
