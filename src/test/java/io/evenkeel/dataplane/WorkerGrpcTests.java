package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.health.probe.FailureReason;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GRPC pools behind HTTPS listeners, by grpc-java on both sides. */
@OnEveryTransport
class WorkerGrpcTests {

    @TempDir
    private Path home;

    private WorkerHarness harness;
    private GrpcServer server;
    private DesiredPool pool;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        harness = new WorkerHarness(home);
        server = harness.resource(new GrpcServer());
        pool = Pools.speaking(Pools.pool(Pools.member("127.0.0.1", server.port())), PoolProtocol.GRPC);
        harness.serve(pool);
        var tls = TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main")));
        var listener = States.securedBy(
                States.listener(ListenerProtocol.HTTPS, harness.port, Optional.of(pool.id())),
                TlsStates.offeringHttp2(tls, true));
        harness.serve(States.at(States.loadBalancer(listener), harness.vip));
        channel = NettyChannelBuilder.forAddress(harness.vip, harness.port)
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build())
                .maxInboundMessageSize(16 << 20)
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        harness.close();
    }

    private String echo(String text) {
        return ClientCalls.blockingUnaryCall(channel, GrpcServer.ECHO, CallOptions.DEFAULT, text);
    }

    @Test
    void carriesCallsOfOneMessage() {
        assertThat(echo("hello")).isEqualTo("hello");
        assertThat(echo("")).isEmpty();
        var large = "0123456789".repeat(300_000);
        assertThat(echo(large)).isEqualTo(large);
    }

    @Test
    void carriesManyCallsOverOneConnectionToTheMember() throws InterruptedException, ExecutionException {
        echo("first");
        var calls = new ArrayList<Future<String>>();
        for (int i = 0; i < 100; i++) {
            calls.add(ClientCalls.futureUnaryCall(channel.newCall(GrpcServer.ECHO, CallOptions.DEFAULT), "call " + i));
        }
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).get()).isEqualTo("call " + i);
        }
        assertThat(server.connections.get()).isEqualTo(1);
    }

    @Test
    void carriesStreamsOfTheServer() {
        var numbers = ClientCalls.blockingServerStreamingCall(channel, GrpcServer.COUNT, CallOptions.DEFAULT, "2000");
        for (int i = 0; i < 2000; i++) {
            assertThat(numbers.next()).isEqualTo(Integer.toString(i));
        }
        assertThat(numbers.hasNext()).isFalse();
    }

    @Test
    void carriesStreamsOfTheClient() throws InterruptedException {
        var answers = new Answers();
        var requests =
                ClientCalls.asyncClientStreamingCall(channel.newCall(GrpcServer.JOIN, CallOptions.DEFAULT), answers);
        for (int i = 0; i < 100; i++) {
            requests.onNext(i + " ");
        }
        requests.onCompleted();
        assertThat(answers.next()).startsWith("0 1 2 ").endsWith("98 99 ");
        assertThat(answers.next()).isEqualTo("end");
    }

    @Test
    void carriesBothWaysAtOnce() throws InterruptedException {
        var answers = new Answers();
        var requests =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(GrpcServer.TALK, CallOptions.DEFAULT), answers);
        for (int i = 0; i < 20; i++) {
            requests.onNext("message " + i);
            assertThat(answers.next()).isEqualTo("re: message " + i);
        }
        requests.onCompleted();
        assertThat(answers.next()).isEqualTo("end");
    }

    @Test
    void passesStatusAndTrailersOfAFailure() {
        assertThatThrownBy(
                        () -> ClientCalls.blockingUnaryCall(channel, GrpcServer.FAIL, CallOptions.DEFAULT, "because"))
                .isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
                    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(failure.getStatus().getDescription()).isEqualTo("not this way: ä%");
                    assertThat(failure.getTrailers())
                            .extracting(trailers -> trailers.get(GrpcServer.WHY))
                            .isEqualTo("because");
                });
        assertThat(echo("still there")).isEqualTo("still there");
    }

    @Test
    void tellsTheServerThatACallWasCancelled() throws InterruptedException {
        var call = ClientCalls.futureUnaryCall(channel.newCall(GrpcServer.WAIT, CallOptions.DEFAULT), "");
        assertThat(server.called.await(10, TimeUnit.SECONDS)).isTrue();
        call.cancel(true);
        assertThat(server.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(echo("still there")).isEqualTo("still there");
        assertThat(server.connections.get()).isEqualTo(1);
    }

    @Test
    void tellsClientsThatNobodyIsThere() {
        server.close();
        assertThatThrownBy(() -> echo("hello")).isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(failure.getStatus().getDescription()).isEqualTo("connect failed");
            assertThat(told(failure, "x-evenkeel-reason")).isEqualTo("connect-failed");
            assertThat(told(failure, "x-evenkeel-request-sent")).isEqualTo("no");
            assertThat(told(failure, "grpc-retry-pushback-ms")).isEqualTo("1000");
        });
    }

    private static @Nullable String told(StatusRuntimeException failure, String name) {
        var trailers = failure.getTrailers();
        return trailers == null ? null : trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    @Test
    void doesNotAskForAnotherTryOfWhatAMemberMayHaveSeen() throws InterruptedException {
        var call = ClientCalls.futureUnaryCall(channel.newCall(GrpcServer.WAIT, CallOptions.DEFAULT), "");
        assertThat(server.called.await(10, TimeUnit.SECONDS)).isTrue();
        server.close();
        assertThatThrownBy(call::get).cause().isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(told(failure, "x-evenkeel-request-sent")).isEqualTo("yes");
            assertThat(told(failure, "grpc-retry-pushback-ms")).isNull();
        });
    }

    @Test
    void checksMembersByTheirHealthService() {
        var monitored = Pools.used(
                Pools.monitored(pool, Pools.monitor(DesiredHealthMonitor.Type.GRPC, "/", "0", Duration.ofSeconds(5))),
                true);
        harness.serve(monitored);
        harness.awaitOnline(monitored);
        assertThat(echo("hello")).isEqualTo("hello");
        server.health = 2;
        await().untilAsserted(() -> assertThat(
                        harness.toldOf(monitored.members().getFirst().id()))
                .hasValueSatisfying(member -> {
                    assertThat(member.isOnline()).isFalse();
                    assertThat(member.reason()).hasValue(FailureReason.RESPONSE_MISMATCH.name());
                    assertThat(member.received()).hasValue("14");
                }));
        server.health = 1;
        harness.awaitOnline(monitored);
    }

    /** What a call answers, in its order. */
    private static final class Answers implements StreamObserver<String> {

        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return all.poll(10, TimeUnit.SECONDS);
        }

        @Override
        public void onNext(String message) {
            all.add(message);
        }

        @Override
        public void onError(Throwable cause) {
            all.add(cause.toString());
        }

        @Override
        public void onCompleted() {
            all.add("end");
        }
    }
}
