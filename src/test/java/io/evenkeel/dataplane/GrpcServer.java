package io.evenkeel.dataplane;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of gRPC whose messages are text, and its health. */
public final class GrpcServer implements AutoCloseable {

    public static final MethodDescriptor<String, String> ECHO = method(MethodType.UNARY, "test.Service/Echo");
    static final MethodDescriptor<String, String> COUNT = method(MethodType.SERVER_STREAMING, "test.Service/Count");
    static final MethodDescriptor<String, String> JOIN = method(MethodType.CLIENT_STREAMING, "test.Service/Join");
    static final MethodDescriptor<String, String> TALK = method(MethodType.BIDI_STREAMING, "test.Service/Talk");
    static final MethodDescriptor<String, String> FAIL = method(MethodType.UNARY, "test.Service/Fail");
    static final MethodDescriptor<String, String> WAIT = method(MethodType.UNARY, "test.Service/Wait");
    static final Metadata.Key<String> WHY = Metadata.Key.of("x-why", Metadata.ASCII_STRING_MARSHALLER);

    private static final MethodDescriptor<String, String> CHECK =
            method(MethodType.UNARY, "grpc.health.v1.Health/Check");

    private final Server server;
    final AtomicInteger connections = new AtomicInteger();
    final CountDownLatch called = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    /** As protobuf says it: 1 is serving, 2 is not. */
    volatile int health = 1;

    GrpcServer() throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public GrpcServer(InetSocketAddress address) throws IOException {
        server = NettyServerBuilder.forAddress(address)
                .maxInboundMessageSize(16 << 20)
                .addTransportFilter(new ServerTransportFilter() {
                    @Override
                    public Attributes transportReady(Attributes attributes) {
                        connections.incrementAndGet();
                        return attributes;
                    }
                })
                .addService(service())
                .addService(ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(CHECK, ServerCalls.asyncUnaryCall((request, answers) -> {
                            answers.onNext("\b" + (char) health);
                            answers.onCompleted();
                        }))
                        .build())
                .build()
                .start();
    }

    private ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("test.Service")
                .addMethod(ECHO, ServerCalls.asyncUnaryCall((request, answers) -> {
                    answers.onNext(request);
                    answers.onCompleted();
                }))
                .addMethod(COUNT, ServerCalls.asyncServerStreamingCall((request, answers) -> {
                    for (int i = 0; i < Integer.parseInt(request); i++) {
                        answers.onNext(Integer.toString(i));
                    }
                    answers.onCompleted();
                }))
                .addMethod(JOIN, ServerCalls.asyncClientStreamingCall(Joining::new))
                .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(Talking::new))
                .addMethod(FAIL, ServerCalls.asyncUnaryCall((request, answers) -> {
                    var trailers = new Metadata();
                    trailers.put(WHY, request);
                    answers.onError(Status.INVALID_ARGUMENT
                            .withDescription("not this way: ä%")
                            .asRuntimeException(trailers));
                }))
                .addMethod(WAIT, ServerCalls.asyncUnaryCall((request, answers) -> {
                    Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
                    called.countDown();
                }))
                .build();
    }

    /** Answers at the end with all that came. */
    private static class Joining implements StreamObserver<String> {
        private final StringBuilder all = new StringBuilder();
        private final StreamObserver<String> answers;

        Joining(StreamObserver<String> answers) {
            this.answers = answers;
        }

        @Override
        public void onNext(String message) {
            all.append(message);
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {
            answers.onNext(all.toString());
            answers.onCompleted();
        }
    }

    /** Answers each message. */
    private static final class Talking implements StreamObserver<String> {
        private final StreamObserver<String> answers;

        Talking(StreamObserver<String> answers) {
            this.answers = answers;
        }

        @Override
        public void onNext(String message) {
            answers.onNext("re: " + message);
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {
            answers.onCompleted();
        }
    }

    private static MethodDescriptor<String, String> method(MethodType type, String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName(name)
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
