package io.evenkeel.certificate.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.Events;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks from a far future, in which no other test's certificate runs out. */
@EvenkeelTest
class ExpiryTests {

    private static final Instant END = Instant.parse("2090-06-01T00:00:00Z");

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Events events;

    @Autowired
    PlatformTransactionManager transactions;

    private String certificateUntil(Instant end) {
        var issued = Pki.selfSigned(Wish.of("ending").valid(END.minus(36500, ChronoUnit.DAYS), end));
        return api.post(
                        api.elb("/certificates"),
                        Map.of(
                                "certificate",
                                Map.of("certificate", issued.pem(), "private_key", issued.key(), "name", "shop")))
                .expect(201)
                .at("/certificate/id")
                .asString();
    }

    private ExpiryService at(Instant now) {
        return new ExpiryService(jdbc, events, Clock.fixed(now, ZoneOffset.UTC));
    }

    private int tell(Instant now) {
        return new TransactionTemplate(transactions).execute(status -> at(now).tell());
    }

    private List<String> told(String id) {
        return jdbc.sql("select details->>'days' from event where resource_id = :id order by happened_at")
                .param("id", id)
                .query((row, n) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    @Test
    void givesEachNoticeOnce() {
        var id = certificateUntil(END);

        tell(END.minus(Duration.ofDays(31)));
        assertThat(told(id)).isEmpty();
        for (int days : new int[] {30, 20, 7, 3, 1}) {
            tell(END.minus(Duration.ofDays(days)));
            assertThat(tell(END.minus(Duration.ofDays(days))))
                    .as("again, %d days ahead", days)
                    .isZero();
        }
        tell(END.minus(Duration.ofMinutes(1)));
        tell(END);
        assertThat(told(id)).containsExactly("30", "7", "1");
        var message = jdbc.sql("select message from event where resource_id = :id and details->>'days' = '1'")
                .param("id", id)
                .query(String.class)
                .single();
        assertThat(message)
                .isEqualTo("Certificate " + id
                        + " (shop) expires at 2090-06-01T00:00:00Z, within 1 day; replace it before.");
        api.delete(api.elb("/certificates/" + id)).expect(204);
    }

    @Test
    void tellsOnlyTheNearestNoticeOfOneThatComesLate() {
        var end = END.plus(Duration.ofDays(400));
        var id = certificateUntil(end);

        tell(end.minus(Duration.ofDays(3)));

        assertThat(told(id)).containsExactly("7");
        api.delete(api.elb("/certificates/" + id)).expect(204);
    }

    @Test
    void isToldOnceByManyNodes() throws Exception {
        var end = END.plus(Duration.ofDays(800));
        var id = certificateUntil(end);
        Callable<Integer> node = () -> tell(end.minus(Duration.ofDays(2)));

        try (var nodes = Executors.newFixedThreadPool(8)) {
            int sum = 0;
            for (var result :
                    nodes.invokeAll(Stream.generate(() -> node).limit(8).toList())) {
                sum += result.get();
            }
            assertThat(sum).isEqualTo(1);
        }
        assertThat(told(id)).containsExactly("7");
        api.delete(api.elb("/certificates/" + id)).expect(204);
    }

    @Test
    void measuresTheNextAndCountsTheRest() {
        var end = END.plus(Duration.ofDays(1200));
        var ids = List.of(certificateUntil(end), certificateUntil(end.plus(Duration.ofDays(10))));
        var metrics = new SimpleMeterRegistry();
        var before = at(end.minus(Duration.ofHours(1)));
        var watch = new ExpiryWatch(before, metrics);
        assertThat(metrics.get("evenkeel.certificate.expiry").timeGauge().value())
                .isNaN();
        var transaction = new TransactionTemplate(transactions);

        transaction.executeWithoutResult(status -> watch.look());
        assertThat(metrics.get("evenkeel.certificate.expiry").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(3600);
        assertThat(expiring(metrics, 1)).isEqualTo(1);
        assertThat(expiring(metrics, 7)).isEqualTo(1);
        assertThat(expiring(metrics, 30)).isEqualTo(2);
        assertThat(metrics.get("evenkeel.certificate.expired").gauge().value())
                .isEqualTo((double) before.outlook().expired());
        assertThat(at(end.plus(Duration.ofHours(1))).outlook().expired())
                .isEqualTo(before.outlook().expired() + 1);
        ids.forEach(id -> api.delete(api.elb("/certificates/" + id)).expect(204));
    }

    private static double expiring(SimpleMeterRegistry metrics, int days) {
        return metrics.get("evenkeel.certificate.expiring")
                .tag("days", Integer.toString(days))
                .gauge()
                .value();
    }
}
