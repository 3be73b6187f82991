package io.evenkeel.agentsync.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.traffic.TrafficCell;
import io.evenkeel.status.traffic.TrafficRecorder;
import io.evenkeel.testing.EvenkeelTest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** That what is counted reaches the database once, whatever the database does meanwhile. */
@EvenkeelTest
class TrafficReporterTests {

    private static final Duration PERIOD = Duration.ofMillis(50);

    @Autowired
    TrafficRecorder recorder;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private final UUID listener = UUID.randomUUID();
    private final Traffic traffic = new Traffic(1);
    private final TrafficCell cell = traffic.of(UUID.randomUUID(), listener).own(0);
    private final Counter dropped = Counter.builder("dropped").register(new SimpleMeterRegistry());
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void end() {
        jdbc.sql("delete from traffic_10s where listener_id = ?")
                .param(listener)
                .update();
    }

    private TrafficReporter report(MethodInterceptor database) {
        var proxy = new ProxyFactory(recorder);
        proxy.setProxyTargetClass(true);
        proxy.addAdvice((MethodInterceptor) call -> {
            calls.incrementAndGet();
            return database.invoke(call);
        });
        var reporter = new TrafficReporter(
                "reporter",
                traffic,
                (TrafficRecorder) proxy.getProxy(),
                new ReportProperties(PERIOD, 1000),
                dropped,
                clock);
        reporter.start();
        return reporter;
    }

    private long accepted() {
        return jdbc.sql("select coalesce(sum(accepted), 0) from traffic_10s where listener_id = ?")
                .param(listener)
                .query(Long.class)
                .single();
    }

    private int rows() {
        return jdbc.sql("select count(*) from traffic_10s where listener_id = ?")
                .param(listener)
                .query(Integer.class)
                .single();
    }

    @Test
    void writesWhatCameInEachPeriodWithItsBucket() {
        try (var _ = report(call -> call.proceed())) {
            cell.add(Count.ACCEPTED, 3);
            await().untilAsserted(() -> assertThat(accepted()).isEqualTo(3));
            cell.add(Count.ACCEPTED, 4);
            await().untilAsserted(() -> assertThat(accepted()).isEqualTo(7));
        }

        assertThat(rows()).isEqualTo(2);
        assertThat(jdbc.sql("""
                        select bool_and(extract(epoch from bucket) * 1000 % 50 = 0 and taken_at >= bucket
                                        and worker_id = 'reporter' and pool_id is null and member_id is null)
                          from traffic_10s where listener_id = ?""").param(listener).query(Boolean.class).single()).isTrue();
    }

    @Test
    void writesNothingTwiceWhenItDoesNotHearOfTheCommit() {
        try (var _ = report(call -> {
            var result = call.proceed();
            if (calls.get() <= 3) {
                throw new TransientDataAccessResourceException("the connection broke after the commit");
            }
            return result;
        })) {
            cell.add(Count.ACCEPTED, 3);
            await().untilAsserted(() -> assertThat(calls.get()).isEqualTo(4));
        }

        assertThat(accepted()).isEqualTo(3);
        assertThat(dropped.count()).isZero();
    }

    @Test
    void writesWhatWaitedWithTheBucketsOfItsOwn() {
        try (var _ = report(call -> {
            if (calls.get() <= 3) {
                throw new TransientDataAccessResourceException("away");
            }
            return call.proceed();
        })) {
            for (int n = 1; n <= 3; n++) {
                cell.count(Count.ACCEPTED);
                int seen = n;
                await().untilAsserted(() -> assertThat(calls.get()).isGreaterThanOrEqualTo(seen));
            }
            await().untilAsserted(() -> assertThat(accepted()).isEqualTo(3));
        }

        assertThat(rows()).isGreaterThan(1);
    }

    @Test
    void givesUpWhatTheDatabaseRefusesForWhatItIs() {
        try (var _ = report(call -> {
            if (calls.get() == 1) {
                throw new DataIntegrityViolationException("refused");
            }
            return call.proceed();
        })) {
            cell.count(Count.ACCEPTED);
            await().untilAsserted(() -> assertThat(dropped.count()).isEqualTo(1));
            cell.add(Count.ACCEPTED, 5);
            await().untilAsserted(() -> assertThat(accepted()).isEqualTo(5));
        }
    }

    @Test
    void writesTheRestWhenItCloses() {
        var reporter = report(call -> call.proceed());
        cell.add(Count.ACCEPTED, 3);

        reporter.close();

        assertThat(accepted()).isEqualTo(3);
    }
}
