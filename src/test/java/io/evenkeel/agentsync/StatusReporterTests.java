package io.evenkeel.agentsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.agentsync.feed.Changes;
import io.evenkeel.audit.Events;
import io.evenkeel.status.HealthObservation;
import io.evenkeel.status.Rejection;
import io.evenkeel.status.StatusRecorder;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** That what a worker sees reaches the database, whatever the database does meanwhile. */
@EvenkeelTest
class StatusReporterTests {

    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    @Autowired
    DataSource dataSource;

    @Autowired
    Events events;

    @Autowired
    Clock clock;

    private final String workerId = "reporter-" + UUID.randomUUID();
    private JdbcClient jdbc;
    private Rows rows;
    private MoodyDataSource moody;
    private StatusReporter reporter;
    private UUID pool;

    @BeforeEach
    void begin() {
        jdbc = JdbcClient.create(dataSource);
        rows = new Rows(jdbc).vpc();
        pool = rows.pool();
        moody = new MoodyDataSource(dataSource);
        var recorder = inTransactions(new StatusRecorder(new NamedParameterJdbcTemplate(moody), events, clock));
        recorder.heartbeat(workerId, null, Changes.BEGINNING);
        reporter = new StatusReporter(workerId, recorder, Duration.ofHours(1));
    }

    /** As in the service: one connection for each call. */
    private StatusRecorder inTransactions(StatusRecorder recorder) {
        var proxy = new ProxyFactory(recorder);
        proxy.setProxyTargetClass(true);
        proxy.addAdvice(new TransactionInterceptor(
                (TransactionManager) new JdbcTransactionManager(moody), new AnnotationTransactionAttributeSource()));
        return (StatusRecorder) proxy.getProxy();
    }

    @AfterEach
    void end() {
        moody.comeBack();
        reporter.close();
        jdbc.sql("delete from worker where id = ?").param(workerId).update();
        rows.close();
    }

    private static HealthObservation online(UUID member) {
        return new HealthObservation(member, true, null, null, null, SINCE);
    }

    private static HealthObservation offline(UUID member, String reason) {
        return new HealthObservation(member, false, reason, null, null, SINCE);
    }

    private List<String> reasons(UUID member) {
        return jdbc.sql("select coalesce(reason, 'online') from member_health where member_id = ? and worker_id = ?")
                .params(member, workerId)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private List<String> rejections(UUID resource) {
        return jdbc.sql("select reason from worker_rejection where resource_id = ? and worker_id = ?")
                .params(resource, workerId)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private static Rejection rejection(UUID resource, String reason) {
        return new Rejection(Rejection.Kind.LISTENER, resource, 1, reason, "for people");
    }

    @Test
    void writesOnlyTheNewestStateOfWhatChangesFasterThanItWrites() {
        var member = rows.member(pool, 1);
        var resource = UUID.randomUUID();
        moody.makeWait();
        int before = moody.asked();
        reporter.health(List.of(online(member)));
        await().untilAsserted(() -> assertThat(moody.asked()).isEqualTo(before + 1));
        for (int n = 0; n < 50; n++) {
            reporter.health(List.of(offline(member, "CONNECT_TIMEOUT")));
            reporter.rejected(rejection(resource, "PORT_IN_USE"));
            reporter.health(List.of(offline(member, "CONNECT_REFUSED")));
            reporter.rejected(rejection(resource, "CANNOT_BIND"));
        }
        moody.letGo();

        await().untilAsserted(() -> assertThat(rejections(resource)).containsExactly("CANNOT_BIND"));
        assertThat(reasons(member)).containsExactly("CONNECT_REFUSED");
        assertThat(moody.asked()).as("the first write, then one for each thing").isEqualTo(before + 3);
    }

    @Test
    void triesAgainUntilTheDatabaseAnswers() {
        var member = rows.member(pool, 1);
        var resource = UUID.randomUUID();
        moody.goAway();
        int before = moody.asked();
        reporter.health(List.of(offline(member, "CONNECT_TIMEOUT")));
        reporter.rejected(rejection(resource, "PORT_IN_USE"));
        await().untilAsserted(() -> assertThat(moody.asked()).isGreaterThan(before));
        reporter.health(List.of(online(member)));
        moody.comeBack();

        await().untilAsserted(() -> assertThat(rejections(resource)).containsExactly("PORT_IN_USE"));
        assertThat(reasons(member))
                .as("the newer state, not the one that waited")
                .containsExactly("online");
    }

    @Test
    void writesWhatWaitsBeforeItCloses() {
        var member = rows.member(pool, 1);
        moody.goAway();
        int before = moody.asked();
        reporter.health(List.of(online(member)));
        await().untilAsserted(() -> assertThat(moody.asked()).isGreaterThan(before));
        moody.comeBack();

        reporter.close();

        assertThat(reasons(member)).containsExactly("online");
    }

    @Test
    void passesOverMembersThatAreGone() {
        var member = rows.member(pool, 1);

        reporter.health(List.of(online(UUID.randomUUID()), online(member), online(UUID.randomUUID())));

        await().untilAsserted(() -> assertThat(reasons(member)).containsExactly("online"));
    }

    @Test
    void doesNotLetOneFactThatCannotBeWrittenHoldUpTheOthers() {
        var good = rows.member(pool, 1);
        var bad = rows.member(pool, 2);
        var resource = UUID.randomUUID();

        reporter.health(List.of(offline(bad, "a NUL: \0"), online(good)));
        reporter.rejected(rejection(UUID.randomUUID(), "a NUL: \0"));
        reporter.rejected(rejection(resource, "PORT_IN_USE"));

        await().untilAsserted(() -> assertThat(rejections(resource)).containsExactly("PORT_IN_USE"));
        assertThat(reasons(good)).containsExactly("online");
        assertThat(reasons(bad)).isEmpty();
    }

    @Test
    void takesARejectionBackWhenTheThingServes() {
        var resource = UUID.randomUUID();
        reporter.rejected(rejection(resource, "PORT_IN_USE"));
        await().untilAsserted(() -> assertThat(rejections(resource)).hasSize(1));

        reporter.serves(Rejection.Kind.LISTENER, resource);

        await().untilAsserted(() -> assertThat(rejections(resource)).isEmpty());
    }
}
