package io.evenkeel.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The workers' side of the questions. Each call is one statement; callable from any thread but an event loop. */
@Component
public class HealthCheckJobs {

    /** A question that nobody claimed for so long is answered with NO_WORKER, and claimed by nobody any more. */
    static final Duration CLAIM_WITHIN = Duration.ofSeconds(10);

    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;

    HealthCheckJobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A question that a worker has to answer now. */
    public record Claimed(UUID jobId, UUID poolId, UUID memberId) {}

    /** The answer; texts by the names of the wire contract. */
    public record Answer(
            boolean isPassed,
            Optional<String> reason,
            Optional<String> expected,
            Optional<String> received,
            Duration duration) {}

    /** Claims up to so many open questions, each of which no other worker gets. */
    public List<Claimed> claim(String workerId, int most) {
        return jdbc.sql("""
                        update health_check_job j set claimed_by = :worker, claimed_at = now()
                          from member m
                         where m.id = j.member_id
                           and j.id in (select o.id from health_check_job o
                                         where o.claimed_at is null
                                           and o.created_at > now() - cast(:seconds as integer) * interval '1 second'
                                         order by o.created_at limit :most for update skip locked)
                        returning j.id, m.pool_id, j.member_id
                        """)
                .param("worker", workerId)
                .param("seconds", CLAIM_WITHIN.toSeconds())
                .param("most", most)
                .query((row, n) -> new Claimed(
                        row.getObject("id", UUID.class),
                        row.getObject("pool_id", UUID.class),
                        row.getObject("member_id", UUID.class)))
                .list();
    }

    /** Answers a question that was claimed. */
    public void answer(UUID jobId, Answer answer) {
        jdbc.sql("""
                        update health_check_job
                           set answered_at = now(), is_passed = :passed, reason = :reason, expected_response = :expected,
                               received_response = :received, duration_millis = :millis
                         where id = :id and claimed_at is not null and answered_at is null
                        """)
                .param("id", jobId)
                .param("passed", answer.isPassed())
                .param("reason", answer.reason().orElse(null))
                .param("expected", answer.expected().orElse(null))
                .param("received", answer.received().orElse(null))
                .param("millis", answer.duration().toMillis())
                .update();
    }

    /** Forgets what is older than a day. */
    public void forgetOld() {
        jdbc.sql("delete from health_check_job where created_at < now() - cast(:hours as integer) * interval '1 hour'")
                .param("hours", KEPT.toHours())
                .update();
    }
}
