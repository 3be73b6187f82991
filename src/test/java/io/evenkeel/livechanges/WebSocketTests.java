package io.evenkeel.livechanges;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.livechanges.load.Backend;
import io.evenkeel.livechanges.load.Wire;
import io.evenkeel.livechanges.scene.Change;
import io.evenkeel.livechanges.scene.Front;
import io.evenkeel.livechanges.scene.Scene;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSockets of the JDK's client through a worker whose configuration changes meanwhile. */
@OnEveryTransport
class WebSocketTests {

    private static final int CHANGES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final Map<Integer, Backend> backends = new HashMap<>();
    private final long seed = Chaos.seed();
    private final Scene scene = new Scene(seed);
    private WorkerStage stage;

    /** What came back. */
    private static final class Echo implements WebSocket.Listener {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            heard.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            heard.add("failed: " + error);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("closed: " + code);
            return null;
        }

        String next() throws InterruptedException {
            return requireNonNull(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "nothing came back");
        }
    }

    @BeforeEach
    void serve() {
        stage = new WorkerStage(home, TestTransports.open(2));
        for (int server = 1; server <= Scene.SERVERS; server++) {
            backends.put(server, new Backend(stage.address(server), server));
        }
        stage.open(scene);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (var wire = Wire.connect(stage.vip(), Front.WEB);
                    var secure = Wire.connect(stage.vip(), Front.SECURE)) {
                return wire.get("/", "").startsWith("server-")
                        && secure.get("/", "").startsWith("server-");
            }
        });
    }

    @AfterEach
    void close() {
        stage.close();
        backends.values().forEach(Backend::close);
    }

    private void change() {
        var next = scene.next();
        if (next instanceof Change.Flip flip) {
            requireNonNull(backends.get(flip.server())).become(flip.condition());
        }
        stage.make(next, scene);
    }

    private WebSocket open(HttpClient client, Front front, Echo echo) {
        var uri = URI.create((front.isTls() ? "wss://" : "ws://") + stage.vip() + ":" + front.port() + "/socket");
        return client.newWebSocketBuilder().buildAsync(uri, echo).join();
    }

    @ParameterizedTest
    @EnumSource(names = {"WEB", "SECURE"})
    void anEchoOutlivesAHundredChanges(Front front) throws InterruptedException {
        var echo = new Echo();
        try (var client = HttpClient.newBuilder()
                .sslContext(TlsClients.anonymous().context())
                .build()) {
            var socket = open(client, front, echo);
            for (int number = 1; number <= CHANGES; number++) {
                change();
                CompletableFuture<WebSocket> sent = socket.sendText("message " + number, true);
                sent.join();
                assertThat(echo.next()).as("seed %d, change %d", seed, number).isEqualTo("message " + number);
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            assertThat(echo.next()).isEqualTo("closed: " + WebSocket.NORMAL_CLOSURE);
        }
    }
}
