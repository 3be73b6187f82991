package io.evenkeel.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls the tested instance as a REST client would. Bodies may be maps, records, or JSON as text. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String root;
    private final String projectId;
    private final String token;

    public Api(String root, String projectId, String token) {
        this.root = root;
        this.projectId = projectId;
        this.token = token;
    }

    /** An answer, with its body as a tree (missing when there was none). */
    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {

        /** The body, where the status is the one expected. */
        public JsonNode expect(int expected) {
            if (status != expected) {
                throw new AssertionError("Expected " + expected + ", got " + status + ": " + raw.body());
            }
            return body;
        }
    }

    public String root() {
        return root;
    }

    public String projectId() {
        return projectId;
    }

    /** The same instance, called by somebody else. */
    public Api as(String otherProjectId, String otherToken) {
        return new Api(root, otherProjectId, otherToken);
    }

    /** {@code elb("/pools")} is {@code /v3/{project_id}/elb/pools}. */
    public String elb(String path) {
        return "/v3/" + projectId + "/elb" + path;
    }

    public String inventory(String path) {
        return "/inventory/v1/" + projectId + path;
    }

    public Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body, Map.of());
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body, Map.of());
    }

    public Answer send(String method, String path, @Nullable Object body, Map<String, String> headers) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(
                        body instanceof String text ? text : JSON.writeValueAsString(body));
        var request = HttpRequest.newBuilder(URI.create(root + path))
                .method(method, publisher)
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        headers.forEach(request::setHeader);
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode tree = answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
            if (tree.has("error_code")) {
                AnsweredErrors.note(
                        tree.path("error_code").asString(),
                        tree.path("error_msg").asString());
            }
            return new Answer(answer.statusCode(), tree, answer);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Provides an {@link Api} that calls as the bootstrap administrator. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Configuration {
        @Bean
        @Lazy
        Api api(WebServerApplicationContext context) {
            return new Api(
                    "http://127.0.0.1:"
                            + Objects.requireNonNull(context.getWebServer()).getPort(),
                    TestInstance.PROJECT_ID,
                    TestInstance.TOKEN);
        }
    }
}
