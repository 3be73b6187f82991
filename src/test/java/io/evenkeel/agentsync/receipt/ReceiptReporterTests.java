package io.evenkeel.agentsync.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.status.StatusRecorder;
import io.evenkeel.status.receipt.Receipt;
import io.evenkeel.status.receipt.Receipt.Kind;
import io.evenkeel.status.receipt.Receipt.Serving;
import io.evenkeel.status.receipt.Receipt.Subject;
import io.evenkeel.status.receipt.ReceiptRecorder;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is written of a worker that is not there, into real rows. */
@EvenkeelTest
class ReceiptReporterTests {

    @Autowired
    private ReceiptRecorder recorder;

    @Autowired
    private StatusRecorder statuses;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private final String worker = "reporter-" + UUID.randomUUID();
    private final UUID pool = UUID.randomUUID();
    private final AtomicInteger writes = new AtomicInteger();
    private ReceiptReporter reporter;

    @BeforeEach
    void start() {
        statuses.heartbeat(worker, "az-1", "1:1:");
        reporter = new ReceiptReporter(worker, recorder, writes::incrementAndGet, clock);
    }

    /** With the worker goes what it told, so that no other test waits for it. */
    @AfterEach
    void stop() {
        reporter.close();
        jdbc.sql("delete from worker where id = :id").param("id", worker).update();
    }

    private Map<Subject, Receipt> written() {
        return recorder.of(worker);
    }

    private Optional<Receipt> ofPool() {
        return Optional.ofNullable(written().get(new Subject(Kind.POOL, pool)));
    }

    private long serving() {
        return ofPool().flatMap(Receipt::serving).map(Serving::generation).orElse(0L);
    }

    @Test
    void writesTheNewestOfABurst() {
        for (long generation = 1; generation <= 1_000; generation++) {
            reporter.applied(ResourceKind.POOL, pool, generation);
            reporter.proved(ResourceKind.POOL, pool, generation);
        }
        await().untilAsserted(() -> assertThat(serving()).isEqualTo(1_000));
        assertThat(writes).hasValueLessThan(100);
    }

    @Test
    void writesManyResourcesAtOnce() {
        var pools = Stream.generate(UUID::randomUUID).limit(2_500).toList();
        pools.forEach(id -> reporter.applied(ResourceKind.POOL, id, 1));
        pools.forEach(id -> reporter.proved(ResourceKind.POOL, id, 1));
        await().untilAsserted(() -> assertThat(written().values())
                .hasSize(2_500)
                .allMatch(receipt -> receipt.serving().isPresent()));
        assertThat(writes).hasValueLessThan(50);
    }

    @Test
    void keepsWhatWasServedWhileTheNextGenerationIsNotShown() {
        reporter.applied(ResourceKind.POOL, pool, 1);
        reporter.proved(ResourceKind.POOL, pool, 1);
        reporter.applied(ResourceKind.POOL, pool, 2);
        reporter.unproved(ResourceKind.POOL, pool, "Event loop 1 is silent");
        await().untilAsserted(() -> assertThat(ofPool()).hasValueSatisfying(receipt -> {
            assertThat(receipt.applied()).isEqualTo(2);
            assertThat(receipt.serving().map(Serving::generation)).contains(1L);
            assertThat(receipt.trouble()).contains("Event loop 1 is silent");
        }));
        reporter.proved(ResourceKind.POOL, pool, 2);
        await().untilAsserted(() -> assertThat(ofPool()).hasValueSatisfying(receipt -> {
            assertThat(receipt.serving().map(Serving::generation)).contains(2L);
            assertThat(receipt.trouble()).isEmpty();
        }));
    }

    @Test
    void forgetsWhatWasServedWhenGenerationsGoBack() {
        reporter.applied(ResourceKind.POOL, pool, 7);
        reporter.proved(ResourceKind.POOL, pool, 7);
        reporter.applied(ResourceKind.POOL, pool, 5);
        await().untilAsserted(() -> assertThat(ofPool()).hasValueSatisfying(receipt -> {
            assertThat(receipt.applied()).isEqualTo(5);
            assertThat(receipt.serving()).isEmpty();
        }));
    }

    @Test
    void saysThatADeletionIsServedAndNothingOfWhatOthersServe() {
        reporter.applied(ResourceKind.POOL, pool, 1);
        reporter.removed(ResourceKind.POOL, pool, 3);
        await().untilAsserted(() -> assertThat(serving()).isEqualTo(3));
        reporter.withdrawn(ResourceKind.POOL, pool);
        await().untilAsserted(() -> assertThat(ofPool()).isEmpty());
    }

    @Test
    void tellsAgainWhatTheDatabaseHasLost() {
        var pools = IntStream.range(0, 5).mapToObj(n -> UUID.randomUUID()).toList();
        pools.forEach(id -> reporter.applied(ResourceKind.POOL, id, 4));
        await().untilAsserted(() -> assertThat(written()).hasSize(5));
        // A worker that was silent for too long is forgotten, and is known again with its next heartbeat.
        jdbc.sql("delete from worker where id = :id").param("id", worker).update();
        reporter.applied(ResourceKind.POOL, pools.getFirst(), 5);
        await().untilAsserted(() -> assertThat(writes.get()).isGreaterThan(1));
        statuses.heartbeat(worker, "az-1", "1:1:");
        assertThat(written()).isEmpty();
        reporter.retell();
        await().untilAsserted(() -> assertThat(written().values())
                .extracting(Receipt::applied)
                .containsExactlyInAnyOrderElementsOf(List.of(4L, 4L, 4L, 4L, 5L)));
    }

    @Test
    void forgetsDeletedResourcesWhenNobodyWaitsAnyMore() {
        reporter.removed(ResourceKind.POOL, pool, 3);
        await().untilAsserted(() -> assertThat(serving()).isEqualTo(3));
        recorder.forgetDeleted();
        assertThat(serving()).isEqualTo(3);
        jdbc.sql("update worker_receipt set applied_at = applied_at - interval '6 minutes' where worker_id = :id")
                .param("id", worker)
                .update();
        recorder.forgetDeleted();
        assertThat(ofPool()).isEmpty();
    }
}
