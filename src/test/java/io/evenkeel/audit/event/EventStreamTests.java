package io.evenkeel.audit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Events as a stream, over HTTP. Each test has a project of its own. */
@EvenkeelTest
class EventStreamTests {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");

    @Autowired
    Api admin;

    @Autowired
    Events events;

    @Autowired
    EventStreams streams;

    @Autowired
    EventFeed feed;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlatformTransactionManager transactions;

    private final String project = "stream-" + UUID.randomUUID();
    private Api api;
    private String token;
    private TransactionTemplate transaction;
    private int told;

    @BeforeEach
    void begin() {
        transaction = new TransactionTemplate(transactions);
        api = admin.as(newProject(project), "");
        token = token(project);
    }

    private String newProject(String id) {
        admin.post("/identity/v1/projects", Map.of("project", Map.of("id", id, "name", id)))
                .expect(201);
        return id;
    }

    private String token(String projectId) {
        return admin.post("/identity/v1/tokens", Map.of("token", Map.of("project_id", projectId, "role", "reader")))
                .expect(201)
                .at("/token/token")
                .asString();
    }

    private Event event(String name) {
        return event(name, EventKind.REJECTED, "pool", THEN);
    }

    private Event event(String name, EventKind kind, String resourceKind, Instant happenedAt) {
        return new Event(
                project + "/" + name + "/" + told++,
                kind,
                project,
                resourceKind,
                name,
                happenedAt,
                name,
                Map.of("n", told));
    }

    private void record(String... names) {
        var all = new ArrayList<Event>();
        for (var name : names) {
            all.add(event(name));
        }
        assertThat(events.recordAll(all)).isEqualTo(names.length);
    }

    private StreamClient open(String query) {
        return StreamClient.open(api, token, query, null);
    }

    private StreamClient openBehind(String id) {
        return StreamClient.open(api, token, "", id);
    }

    private static List<String> take(StreamClient client, int count) throws InterruptedException {
        var names = new ArrayList<String>();
        for (int n = 0; n < count; n++) {
            names.add(client.next().json().get("message").asString());
        }
        return names;
    }

    private List<JsonNode> listed(String query) {
        var found = new ArrayList<JsonNode>();
        asReader().get(api.elb("/events") + query).expect(200).get("events").forEach(found::add);
        return found;
    }

    private Api asReader() {
        return api.as(project, token);
    }

    @Test
    void tellsWhatIsRecordedAsTheListShowsIt() throws Exception {
        record("before");
        try (var client = open("")) {
            record("live");

            var event = client.next();

            assertThat(event.type()).isEqualTo("message");
            assertThat(event.json()).isEqualTo(listed("").getFirst());
            assertThat(event.json().get("message").asString()).isEqualTo("live");
            assertThat(client.headers().get("content-type")).first().asString().startsWith("text/event-stream");
            assertThat(client.headers()).containsEntry("cache-control", List.of("no-store"));
            assertThat(client.headers()).containsKey("x-request-id");
        }
    }

    @Test
    void goesOnBehindTheLastEventWhateverCommittedInWhichOrder() throws Exception {
        var isRecorded = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        String cut;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (var client = open("")) {
                record("first");
                assertThat(take(client, 1)).containsExactly("first");
                var late = event("recorded early, committed late");
                var _ = threads.submit(() -> transaction.execute(status -> {
                    boolean isNew = events.record(late);
                    isRecorded.countDown();
                    waitFor(mayCommit);
                    return isNew;
                }));
                assertThat(isRecorded.await(20, TimeUnit.SECONDS)).isTrue();
                record("overtakes");
                var overtaking = client.next();
                assertThat(overtaking.json().get("message").asString()).isEqualTo("overtakes");
                cut = overtaking.id();
            }
            mayCommit.countDown();
        }
        record("missed");
        try (var client = openBehind(cut)) {
            assertThat(take(client, 2)).containsExactly("recorded early, committed late", "missed");
            record("live again");
            assertThat(take(client, 1)).containsExactly("live again");
            assertThat(client.rest()).isEmpty();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void goesOnWithinATransaction() throws Exception {
        List<StreamClient.Told> all = new ArrayList<>();
        try (var client = open("")) {
            record("1", "2", "3");
            for (int n = 0; n < 3; n++) {
                all.add(client.next());
            }
        }
        assertThat(all).extracting(StreamClient.Told::data).doesNotHaveDuplicates();
        for (int n = 0; n < 3; n++) {
            try (var client = openBehind(all.get(n).id())) {
                record("end " + n);
                var rest = take(client, 3);
                assertThat(rest.getLast()).isEqualTo("end " + n);
                assertThat(client.rest()).isEmpty();
            }
        }
    }

    @Test
    void losesNothingToACutBeforeTheFirstEvent() throws Exception {
        String begin;
        try (var client = open("")) {
            begin = client.lastId();
        }
        record("in between");
        try (var client = openBehind(begin)) {
            assertThat(take(client, 1)).containsExactly("in between");
        }
        try (var client = StreamClient.open(api, token, "?last_event_id=" + begin, null)) {
            assertThat(take(client, 1)).containsExactly("in between");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tellsEachEventOnceThroughAnyCuts(long seed) throws Exception {
        var random = new Random(seed);
        int writers = 6;
        int each = 40;
        var got = new ArrayList<String>();
        String position;
        try (var client = open("")) {
            position = client.lastId();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < writers; n++) {
                var own = new Random(seed * 100 + n);
                var prefix = "w" + n + "-";
                var _ = threads.submit(() -> {
                    for (int m = 0; m < each; m++) {
                        write(prefix + m, own);
                    }
                    return null;
                });
            }
            while (got.size() < writers * each) {
                try (var client = openBehind(position)) {
                    int next = Math.min(1 + random.nextInt(25), writers * each - got.size());
                    for (int m = 0; m < next; m++) {
                        var one = client.next();
                        got.add(one.json().get("message").asString());
                        position = one.id();
                    }
                }
            }
        }
        assertThat(got).doesNotHaveDuplicates().hasSize(writers * each);
        assertThat(listed("")).hasSize(writers * each);
    }

    /** Some transactions stay open for a while, with others committing meanwhile; some come to nothing. */
    private void write(String name, Random random) {
        int die = random.nextInt(20);
        if (die == 0) {
            transaction.executeWithoutResult(status -> {
                events.record(named(name + "-never"));
                status.setRollbackOnly();
            });
        }
        transaction.executeWithoutResult(status -> {
            events.record(named(name));
            if (die < 5) {
                pause(random.nextInt(30));
            }
        });
    }

    private Event named(String name) {
        return new Event(project + "/" + name, EventKind.REJECTED, project, "pool", name, THEN, name, Map.of());
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind=APPLIED",
                "kind=APPLIED&kind=REJECTED",
                "resource_kind=listener",
                "resource_id=c",
                "since=2026-01-02T03:04:15Z",
                "until=2026-01-02T03:04:15Z",
                "since=2026-01-02T03:04:05.678Z",
                "until=2026-01-02T03:04:05.678Z",
                "kind=REJECTED&resource_kind=pool",
                "kind=NONE",
                "id=nothing"
            })
    void choosesAsTheListDoes(String query) throws Exception {
        try (var live = open("?" + query)) {
            var begin = live.lastId();
            events.recordAll(List.of(
                    event("a", EventKind.REJECTED, "pool", THEN),
                    event("b", EventKind.APPLIED, "pool", THEN.plusSeconds(10)),
                    event("c", EventKind.REJECTED, "listener", THEN.plusSeconds(20))));
            var expected = listed("?" + query).reversed();
            try (var resumed = StreamClient.open(api, token, "?" + query, begin)) {
                for (var client : List.of(live, resumed)) {
                    for (var event : expected) {
                        assertThat(client.next().json()).isEqualTo(event);
                    }
                }
                awaitHeartbeat(live);
                assertThat(live.rest()).isEmpty();
                assertThat(resumed.rest()).isEmpty();
            }
        }
    }

    private static void awaitHeartbeat(StreamClient client) {
        int before = client.comments();
        await().until(() -> client.comments() > before);
    }

    @Test
    void findsOneById() throws Exception {
        record("x", "y");
        var id = listed("").getFirst().get("id").asString();
        try (var client = open("?id=" + id)) {
            record("z");
            awaitHeartbeat(client);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void tellsNothingOfAnotherProject() throws Exception {
        var other = newProject("stream-other-" + UUID.randomUUID());
        try (var theirs = StreamClient.open(admin.as(other, ""), token(other), "", null);
                var ours = open("")) {
            record("ours");
            assertThat(take(ours, 1)).containsExactly("ours");
            awaitHeartbeat(theirs);
            assertThat(theirs.rest()).isEmpty();
            try (var behind = StreamClient.open(admin.as(other, ""), token(other), "", ours.lastId())) {
                awaitHeartbeat(behind);
                assertThat(behind.rest()).isEmpty();
            }
        }
        var refused = admin.as(project, token(other))
                .send("GET", api.elb("/events"), null, Map.of("Accept", "text/event-stream"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(admin.as(project, "")
                        .send("GET", api.elb("/events"), null, Map.of("Accept", "text/event-stream"))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*/*", "application/json", "application/json, text/event-stream;q=0.5", "application/*"})
    void isAListUnlessAStreamIsAskedFor(String accept) {
        record("listed");
        var answer = accept.isEmpty()
                ? asReader().get(api.elb("/events"))
                : asReader().send("GET", api.elb("/events"), null, Map.of("Accept", accept));

        assertThat(answer.expect(200).get("events")).hasSize(1);
        assertThat(answer.raw().headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=5|limit",
                "marker=x|marker",
                "page_reverse=true|page_reverse",
                "no_such_name=1|no_such_name",
                "since=yesterday|since",
                "last_event_id=a&last_event_id=b|last_event_id",
                "last_event_id=x|Last-Event-ID",
                "last_event_id=|Last-Event-ID"
            })
    void refusesWhatAStreamCannotDo(String query, String named) {
        var answer = asReader().send("GET", api.elb("/events?" + query), null, Map.of("Accept", "text/event-stream"));

        assertThat(answer.expect(400).get("error_msg").asString()).contains("'" + named + "'");
    }

    @Test
    void saysThatAPositionOfAnotherDatabaseMeansNothing() throws Exception {
        record("before");
        try (var client = openBehind("00000000.5:5:")) {
            var reset = client.next();
            assertThat(reset.type()).isEqualTo("reset");
            assertThat(reset.json().get("message").asString()).contains("list the events");
            record("after");
            assertThat(take(client, 1)).containsExactly("after");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aHeartbeatMovesThePositionOn() throws Exception {
        try (var client = open("?kind=APPLIED")) {
            var begin = client.lastId();
            record("not asked for");
            await().until(() -> !client.lastId().equals(begin));
            assertThat(client.comments()).isPositive();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void refusesMoreThanTheProjectMayHaveAndMoreThanTheProcess() {
        await().until(() -> feed.size() == 0);
        var all = new ArrayList<StreamClient>();
        try {
            for (int n = 0; n < 10; n++) {
                all.add(open(""));
            }
            var refused = asReader().send("GET", api.elb("/events"), null, Map.of("Accept", "text/event-stream"));
            assertThat(refused.expect(429).get("error_msg").asString())
                    .contains("10", "evenkeel.events.stream.per-project");
            assertThat(refused.raw().headers().firstValue("Retry-After")).hasValue("1");

            var other = newProject("stream-second-" + UUID.randomUUID());
            var theirs = admin.as(other, token(other));
            for (int n = 0; n < 5; n++) {
                all.add(StreamClient.open(theirs, token(other), "", null));
            }
            var full = theirs.send("GET", theirs.elb("/events"), null, Map.of("Accept", "text/event-stream"));
            assertThat(full.expect(503).get("error_msg").asString()).contains("evenkeel.events.stream.per-process");
            assertThat(full.raw().headers().firstValue("Retry-After")).hasValue("1");
            assertThat(asReader().get(api.elb("/events")).status()).isEqualTo(200);
        } finally {
            all.forEach(StreamClient::close);
        }
        await().untilAsserted(() -> assertThat(feed.size()).isZero());
    }

    @Test
    void holdsNoConnectionToTheDatabaseWhileNothingHappens() throws Exception {
        var pool = dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
        int before = lowest(pool::getActiveConnections);
        var all = new ArrayList<StreamClient>();
        try {
            for (int n = 0; n < 8; n++) {
                all.add(open(""));
            }
            assertThat(lowest(pool::getActiveConnections)).isLessThanOrEqualTo(before);
        } finally {
            all.forEach(StreamClient::close);
        }
    }

    /** Of many looks: others use the database now and then. */
    private static int lowest(IntSupplier count) {
        int lowest = Integer.MAX_VALUE;
        for (int n = 0; n < 200; n++) {
            lowest = Math.min(lowest, count.getAsInt());
            pause(1);
        }
        return lowest;
    }

    @Test
    void endsTheStreamOfAClientThatDoesNotRead() throws Exception {
        await().until(() -> feed.size() == 0);
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            var root = URI.create(api.root());
            socket.connect(new InetSocketAddress(root.getHost(), root.getPort()));
            socket.getOutputStream()
                    .write(("GET " + api.elb("/events") + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
                                    + "X-Auth-Token: " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> feed.size() == 1);
            var text = "x".repeat(30_000);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                var many = new ArrayList<Event>();
                for (int n = 0; n < 100; n++) {
                    var one = event("slow");
                    many.add(new Event(one.key(), one.kind(), project, "pool", "slow", THEN, text, Map.of()));
                }
                events.recordAll(many);
                return feed.size() == 0;
            });
        }
    }

    @Test
    void endsCleanlyWhenTheProcessDoesAndBeforeTheServerWaitsForRequests() throws Exception {
        assertThat(streams.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
        try (var client = open("")) {
            record("before");
            assertThat(take(client, 1)).containsExactly("before");
            streams.stop();
            assertThat(client.end()).succeedsWithin(Duration.ofSeconds(10));
            var refused = asReader().send("GET", api.elb("/events"), null, Map.of("Accept", "text/event-stream"));
            assertThat(refused.expect(503).get("error_msg").asString()).contains("about to end");
            record("meanwhile");
            streams.start();
            try (var again = openBehind(client.lastId())) {
                assertThat(take(again, 1)).containsExactly("meanwhile");
            }
        } finally {
            streams.start();
        }
    }

    @Test
    void isDescribedBesideTheList() {
        var operation = admin.get("/v3/api-docs/elb-v3").expect(200).at("/paths/~1v3~1{project_id}~1elb~1events/get");

        assertThat(operation.at("/responses/200/content").propertyNames())
                .containsExactlyInAnyOrder("application/json", "text/event-stream");
        assertThat(operation.path("responses").propertyNames()).contains("429", "503");
        assertThat(operation.path("parameters").findValuesAsString("name")).contains("Last-Event-ID", "last_event_id");
    }
}
