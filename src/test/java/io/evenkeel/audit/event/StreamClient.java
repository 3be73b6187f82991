package io.evenkeel.audit.event;

import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream of events as a browser does. */
final class StreamClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 20;

    /** An event that was dispatched; the type is {@code message} where none was said. */
    record Told(String id, String type, String data) {

        JsonNode json() {
            return JSON.readTree(data);
        }
    }

    private final HttpResponse<InputStream> answer;
    private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final AtomicInteger comments = new AtomicInteger();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile String lastId = "";

    private StreamClient(HttpResponse<InputStream> answer) {
        this.answer = answer;
        Thread.ofVirtual().start(this::read);
    }

    /** @param lastEventId null: none is sent */
    static StreamClient open(Api api, String token, String query, @Nullable String lastEventId) {
        var request = HttpRequest.newBuilder(URI.create(api.root() + api.elb("/events") + query))
                .header("Accept", "text/event-stream")
                .header("X-Auth-Token", token);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var client = new StreamClient(await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> send(request.build()), answer -> answer.statusCode() == 200));
        client.awaitBegin();
        return client;
    }

    /** A stream whose client went away counts until the server writes to it, so the answer may be to come again. */
    private static HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            if (!List.of(429, 503).contains(answer.statusCode())) {
                throw new AssertionError("Answered " + answer.statusCode());
            }
        }
        return answer;
    }

    private void awaitBegin() {
        begun.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    Map<String, List<String>> headers() {
        return answer.headers().map();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            var type = "";
            var data = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                int colon = line.indexOf(':');
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        told.add(new Told(lastId, type.isEmpty() ? "message" : type, String.join("\n", data)));
                    }
                    type = "";
                    data.clear();
                    begun.complete(null);
                } else if (colon == 0) {
                    comments.incrementAndGet();
                } else {
                    var value = line.substring(colon + 1).stripLeading();
                    switch (line.substring(0, colon)) {
                        case "id" -> lastId = value;
                        case "event" -> type = value;
                        case "data" -> data.add(value);
                        case "retry" -> {}
                        default -> throw new AssertionError("No field of server-sent events: " + line);
                    }
                }
            }
            end.complete(null);
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    /** The next event; waits for it. */
    Told next() throws InterruptedException {
        return Objects.requireNonNull(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no event came");
    }

    /** What came and was not taken yet. */
    List<Told> rest() {
        var rest = new ArrayList<Told>();
        told.drainTo(rest);
        return rest;
    }

    /** From where a browser would go on. */
    String lastId() {
        return lastId;
    }

    int comments() {
        return comments.get();
    }

    /** Completes when the server ends the stream, exceptionally when it breaks off. */
    CompletableFuture<Void> end() {
        return end;
    }

    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
