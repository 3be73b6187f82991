package io.evenkeel.platform.job;

import io.evenkeel.platform.Timestamps;
import io.evenkeel.platform.job.JobResponse.Entity;
import io.evenkeel.platform.job.JobResponse.SubJob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Jobs as answers show them: one statement for any number of them. */
@Component
class JobReads {

    private static final String SQL = """
            select id, project_id, type, status, resource_id, begin_time, end_time,
                   array(select jsonb_array_elements_text(entities)) as entities
            from job where project_id = :project and id = any(:ids)
            """;

    private final JdbcClient jdbc;

    JobReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of the ids; what is not there is left out. */
    List<JobResponse> read(String projectId, Collection<UUID> ids) {
        var found = new HashMap<UUID, JobResponse>();
        jdbc.sql(SQL)
                .param("project", projectId)
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    var job = job(row);
                    found.put(job.jobId(), job);
                });
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static JobResponse job(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var type = row.getString("type");
        var status = row.getString("status");
        var begun = Timestamps.onWire(row.getTimestamp("begin_time").toInstant());
        var ended = Timestamps.onWire(row.getTimestamp("end_time").toInstant());
        var project = row.getString("project_id");
        var entities = (String[]) row.getArray("entities").getArray();
        var subJobs = Stream.of(entities)
                .map(entity -> new SubJob(
                        UUID.fromString(entity),
                        type,
                        status,
                        begun,
                        ended,
                        "",
                        "",
                        project,
                        entity,
                        List.of(new Entity(entity, "loadbalancer"))))
                .toList();
        return new JobResponse(id, type, status, begun, ended, "", "", project, row.getString("resource_id"), subJobs);
    }
}
