package io.evenkeel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Events are told once, and listed to their project. */
@EvenkeelTest
class EventsTests {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");

    @Autowired
    Api api;

    @Autowired
    Events events;

    @Autowired
    PlatformTransactionManager transactions;

    private TransactionTemplate transaction;
    private final String resource = UUID.randomUUID().toString();

    @BeforeEach
    void begin() {
        transaction = new TransactionTemplate(transactions);
    }

    private Event event(String key, EventKind kind, Instant happenedAt) {
        return new Event(
                resource + "/" + key,
                kind,
                api.projectId(),
                "certificate",
                resource,
                happenedAt,
                "It runs out",
                Map.of("days", 30));
    }

    private List<JsonNode> listed(String query) {
        var found = new ArrayList<JsonNode>();
        api.get(api.elb("/events?resource_id=" + resource + query))
                .expect(200)
                .get("events")
                .forEach(found::add);
        return found;
    }

    @Test
    void showsAllThatIsKnown() {
        assertThat(events.record(event("30", EventKind.CERTIFICATE_EXPIRES, THEN)))
                .isTrue();

        var event = listed("").getFirst();

        assertThat(event.get("happened_at").asString()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(event.get("kind").asString()).isEqualTo("CERTIFICATE_EXPIRES");
        assertThat(event.get("resource_kind").asString()).isEqualTo("certificate");
        assertThat(event.get("message").asString()).isEqualTo("It runs out");
        assertThat(event.get("details").toString()).isEqualTo("{\"days\":30}");
    }

    @Test
    void tellsAnEventOnceHoweverManyNodesSeeItAndWhateverTimeTheySay() throws Exception {
        int nodes = 8;
        var together = new CyclicBarrier(nodes);
        var told = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newFixedThreadPool(nodes)) {
            for (int n = 0; n < nodes; n++) {
                var seen = event("once", EventKind.CERTIFICATE_EXPIRES, THEN.plusSeconds(n * 86_400L * 20));
                told.add(threads.submit(() -> {
                    together.await();
                    return transaction.execute(status -> events.record(seen));
                }));
            }
        }

        int fresh = 0;
        for (var answer : told) {
            fresh += answer.get() ? 1 : 0;
        }
        assertThat(fresh).isEqualTo(1);
        assertThat(listed("")).hasSize(1);
    }

    @Test
    void standsOrFallsWithTheTransaction() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    events.record(event("rolled-back", EventKind.REJECTED, THEN));
                    throw new IllegalStateException("later");
                }))
                .hasMessage("later");

        assertThat(listed("")).isEmpty();
        assertThat(events.record(event("rolled-back", EventKind.REJECTED, THEN)))
                .isTrue();
    }

    @Test
    void filtersAndPagesFromTheNewest() {
        events.recordAll(List.of(
                event("1", EventKind.REJECTED, THEN),
                event("2", EventKind.APPLIED, THEN.plusSeconds(10)),
                event("3", EventKind.REJECTED, THEN.plusSeconds(20))));
        var all = listed("");

        assertThat(all)
                .extracting(event -> event.get("happened_at").asString())
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(listed("&kind=REJECTED")).containsExactly(all.get(0), all.get(2));
        assertThat(listed("&resource_kind=pool")).isEmpty();
        assertThat(listed("&since=2026-01-02T03:04:15Z&until=2026-01-02T03:04:25Z"))
                .containsExactly(all.get(1));
        assertThat(listed("&limit=1")).containsExactly(all.get(0));
        assertThat(listed("&marker=" + all.get(0).get("id").asString())).containsExactly(all.get(1), all.get(2));
        assertThat(listed("&id=" + all.get(2).get("id").asString())).containsExactly(all.get(2));
    }

    @Test
    void showsNoneOfAnotherProject() {
        events.record(event("mine", EventKind.REJECTED, THEN));
        var other = "events-" + UUID.randomUUID();
        api.post("/identity/v1/projects", Map.of("project", Map.of("id", other, "name", other)))
                .expect(201);
        var there = api.as(other, "");

        assertThat(api.get(there.elb("/events")).expect(200).get("events")).isEmpty();
        assertThat(api.get(there.elb("/events?resource_id=" + resource))
                        .expect(200)
                        .get("events"))
                .isEmpty();
    }
}
