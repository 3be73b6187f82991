package io.evenkeel.platform.job;

import io.evenkeel.platform.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records jobs, in the transaction of the call that does the work: the job exists if the work was done. */
@Component
public class Jobs {

    private static final Duration KEPT = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Clock clock;

    Jobs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A job that is done.
     *
     * @param begun when the work began
     * @param resourceId of the resource that the call was about
     * @param loadBalancers that were written, a sub-job each
     * @return the job's id
     */
    public UUID finished(String projectId, JobType type, Instant begun, String resourceId, List<UUID> loadBalancers) {
        forgetOld();
        var id = Ids.next(clock);
        jdbc.sql("""
                        insert into job (id, project_id, type, status, resource_id, entities, begin_time, end_time)
                        values (:id, :project, :type, 'SUCCESS', :resource, cast(:entities as jsonb), :begun, :now)""")
                .param("id", id)
                .param("project", projectId)
                .param("type", type.name())
                .param("resource", resourceId)
                .param(
                        "entities",
                        loadBalancers.stream()
                                .map(entity -> '"' + entity.toString() + '"')
                                .collect(Collectors.joining(",", "[", "]")))
                .param("begun", Timestamp.from(begun))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return id;
    }

    /** A few at a time, and none that another call is forgetting at this moment. */
    private void forgetOld() {
        jdbc.sql("""
                        delete from job where id in (select id from job where begin_time < :before
                                                      order by begin_time limit 100 for update skip locked)""")
                .param("before", Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }
}
