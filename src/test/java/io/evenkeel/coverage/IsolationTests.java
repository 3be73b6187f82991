package io.evenkeel.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.Events;
import io.evenkeel.coverage.ApiDocument.Attribute;
import io.evenkeel.coverage.ApiDocument.Operation;
import io.evenkeel.platform.Ids;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.ConfigurationDigest;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every operation × every place for an id × ids of another project, of what was deleted, of another kind: each is
 * answered exactly as an id that nobody has, and nothing changes.
 */
@EvenkeelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTests {

    /** A list without rows, or a count of none. */
    private static final Pattern NO_ROWS = Pattern.compile("200 .*(\\[]|\"total\":0).*");

    private final Api api;
    private final Fixture owner;
    private final Fixture stranger;
    private final Samples samples;
    private final ConfigurationDigest configuration;
    private final Map<IdKind, String> foreign;
    private final Map<IdKind, String> mine;
    private final Map<IdKind, String> deleted;
    private final List<String> complaints = new ArrayList<>();
    private final IdPlaces places = new IdPlaces(complaints::add);

    @Autowired
    IsolationTests(Api api, JdbcClient jdbc, Events events) {
        this.api = api;
        this.owner = new Fixture(api);
        var other = otherProject();
        this.stranger = new Fixture(other);
        this.samples = new Samples(stranger);
        this.configuration = new ConfigurationDigest(jdbc);
        this.foreign = KnownIds.of(owner, events);
        this.mine = KnownIds.of(stranger, events);
        this.deleted = KnownIds.ofDeleted(new Fixture(other), events);
    }

    /** An administrator of another project. */
    private Api otherProject() {
        var project = api.post("/identity/v1/projects", Map.of("project", Map.of("name", "stranger")))
                .expect(201)
                .path("project")
                .path("id")
                .asString();
        return token(project, "admin");
    }

    private Api token(String project, String role) {
        var token = api.post(
                        "/identity/v1/tokens",
                        Map.of("token", Map.of("project_id", project, "role", role, "description", "test")))
                .expect(201)
                .path("token")
                .path("token")
                .asString();
        return api.as(project, token);
    }

    /** What is sent, for the id that it is sent with. */
    private interface Request extends Function<String, Api.Answer> {}

    /**
     * @param absent how an id is answered that nobody has
     */
    private void compare(String place, Map<String, String> candidates, Pattern absent, Request request) {
        var nobodys = UUID.randomUUID().toString();
        var answer = like(request.apply(nobodys), nobodys);
        if (!absent.matcher(answer).matches()) {
            complaints.add("%s: not the answer to an unknown id: %s".formatted(place, answer));
        }
        candidates.forEach((name, id) -> {
            var other = like(request.apply(id), id);
            boolean isRefusedByShape = name.startsWith("my ")
                    && Ids.parse(id).isEmpty()
                    && other.startsWith("400 ELB.8902 ")
                    && other.contains("must be a UUID");
            if (!other.equals(answer) && !isRefusedByShape) {
                complaints.add(
                        "%s: %s id %s%n   answered %s%n   unknown  %s".formatted(place, name, id, other, answer));
            }
        });
    }

    private void unchanged(String place, Runnable requests) {
        var before = configuration.now();
        requests.run();
        var after = configuration.now();
        if (!after.equals(before)) {
            after.entrySet().removeAll(before.entrySet());
            complaints.add(place + ": something changed: " + after.keySet());
        }
    }

    /** The other project's ids of the kinds, ids of what is deleted, and the caller's own ids of every other kind. */
    private Map<String, String> candidates(Set<IdKind> kinds) {
        var candidates = new LinkedHashMap<String, String>();
        for (var kind : kinds) {
            if (foreign.containsKey(kind) && kind != IdKind.FLAVOR) {
                candidates.put("foreign " + kind, foreign.getOrDefault(kind, ""));
            }
            if (deleted.containsKey(kind) && !kinds.equals(IdKind.ANY_RESOURCE)) {
                candidates.put("deleted " + kind, deleted.getOrDefault(kind, ""));
            }
        }
        mine.forEach((kind, id) -> {
            if (!kinds.contains(kind) && !kinds.equals(IdKind.ANY_RESOURCE)) {
                candidates.put("my " + kind, id);
            }
        });
        return candidates;
    }

    private static String like(Api.Answer answer, String id) {
        var body = answer.body();
        var text = answer.status() < 300
                ? body.toString().replaceAll("\"request_id\":\"[0-9a-f]{32}\"", "")
                : body.path("error_code").asString() + " "
                        + body.path("error_msg").asString();
        return answer.status() + " " + text.replace(id, "ID");
    }

    private Api.Answer send(Operation operation, String path, @Nullable Object body) {
        return stranger.api.send(operation.method(), path, body, Map.of());
    }

    private List<Operation> operations() {
        return List.of("elb-v3", "inventory-v1").stream()
                .flatMap(name -> ApiDocument.of(api, name).operations().stream())
                .toList();
    }

    private static boolean isIdentity(Operation operation) {
        return operation.path().startsWith("/identity/");
    }

    /** Identity is the whole installation's: its administrators see what is there, in every project. */
    private Map<String, String> notSeen(Operation operation, Set<IdKind> kinds) {
        var candidates = candidates(kinds);
        if (isIdentity(operation)) {
            candidates.keySet().removeIf(name -> name.startsWith("foreign "));
        }
        return candidates;
    }

    @BeforeEach
    void forget() {
        complaints.clear();
    }

    @Test
    void inPaths() {
        for (var operation : operations()) {
            unchanged(operation.name(), () -> operation.variables().forEach(variable -> inPath(operation, variable)));
        }
        assertThat(complaints).isEmpty();
    }

    private void inPath(Operation operation, String variable) {
        var kinds = places.ofVariable(operation, variable);
        // Who puts something into the inventory gives it its id.
        boolean makesId = operation.name().startsWith("PutInventory");
        boolean isCallers = kinds.contains(IdKind.PROJECT) && !isIdentity(operation);
        if (!kinds.isEmpty() && !isCallers && !makesId) {
            compare(
                    operation.name() + " {" + variable + "}",
                    notSeen(operation, kinds),
                    Pattern.compile("404 ELB.8904 .* ID could not be found\\."),
                    id -> send(
                            operation,
                            samples.path(operation, variable, Map.of(variable, id)),
                            operation.hasBody() ? samples.body(operation, variable) : null));
        }
    }

    @Test
    void inQueries() {
        unchanged(
                "queries",
                () -> operations()
                        .forEach(operation -> operation.queryNames().forEach(name -> inQuery(operation, name))));
        assertThat(complaints).isEmpty();
    }

    private void inQuery(Operation operation, String name) {
        var kinds = places.ofQuery(operation, name);
        if (!kinds.isEmpty()) {
            var path = samples.path(operation, name, Map.of());
            var candidates = notSeen(operation, kinds);
            // What the path asks for may be in the answer, whatever the query.
            candidates.values().removeIf(path::contains);
            compare(
                    operation.name() + " ?" + name,
                    candidates,
                    name.equals("marker") ? Pattern.compile("400 ELB.8902 .*marker.*") : NO_ROWS,
                    id -> send(operation, path + "?" + name + "=" + id, null));
        }
    }

    @Test
    void inBodies() {
        for (var name : List.of("elb-v3", "inventory-v1")) {
            var document = ApiDocument.of(api, name);
            for (var operation : document.operations()) {
                unchanged(
                        operation.name(),
                        () -> document.attributes(operation).forEach(attribute -> inBody(operation, attribute)));
            }
        }
        assertThat(complaints).isEmpty();
    }

    private void inBody(Operation operation, Attribute attribute) {
        var kinds = places.ofAttribute(operation, attribute);
        if (!kinds.isEmpty()) {
            compare(
                    operation.name() + " " + attribute,
                    notSeen(operation, kinds),
                    absentInBody(operation, attribute.name()),
                    id -> send(
                            operation,
                            samples.path(operation, attribute.name(), Map.of()),
                            samples.body(operation, attribute, id)));
        }
    }

    private static Pattern absentInBody(Operation operation, String name) {
        if (operation.name().startsWith("BatchDelete")) {
            // Some tell of each item what became of it.
            return Pattern.compile("404 ELB.8904 .* ID could not be found\\.|200 .*ID.*");
        }
        return Pattern.compile(
                name.equals("project_id") && !isIdentity(operation)
                        ? "400 ELB.8902 .*"
                        : "404 ELB.8904 .* ID could not be found\\.");
    }

    /** An operator of one project is refused another's as one that is not there. */
    @Test
    void inTheProjectOfThePath() {
        var operator = token(stranger.api.projectId(), "operator");
        unchanged(
                "projects",
                () -> operations().stream()
                        .filter(operation -> operation.variables().contains("project_id"))
                        .forEach(operation -> compare(
                                operation.name() + " {project_id}",
                                candidates(Set.of(IdKind.PROJECT)),
                                Pattern.compile("403 .*"),
                                id -> operator.send(
                                        operation.method(),
                                        samples.path(operation, "", Map.of("project_id", id)),
                                        operation.hasBody() ? samples.body(operation, "") : null,
                                        Map.of()))));
        assertThat(complaints).isEmpty();
    }

    /** Who is no administrator learns nothing of projects and credentials, of the own ones as little as of others'. */
    @Test
    void inIdentityWithoutItsRole() {
        var operator = token(stranger.api.projectId(), "operator");
        unchanged(
                "identity",
                () -> operations().stream().filter(IsolationTests::isIdentity).forEach(operation -> {
                    for (var ids : List.of(foreign, mine, deleted)) {
                        var named = new LinkedHashMap<String, String>();
                        ids.forEach((kind, id) -> named.put(kind.name(), id));
                        compare(operation.name(), named, Pattern.compile("403 .*"), id -> {
                            var path = operation.path().replaceAll("\\{.*}", id);
                            var body = operation.hasBody() ? samples.body(operation, "") : null;
                            return operator.send(operation.method(), path, body, Map.of());
                        });
                    }
                }));
        assertThat(complaints).isEmpty();
    }

    @Test
    void inLookupsByAddress() {
        var as = stranger.api;
        var lookup = "/loadbalancers?member_address=" + owner.cloud.address(1);
        assertThat(as.get(as.elb(lookup)).expect(200).path("loadbalancers")).isEmpty();
        assertThat(api.get(api.elb(lookup)).expect(200).path("loadbalancers")).hasSize(1);
    }
}
