package io.evenkeel.loadbalancer.logtank;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of logtanks. Writers hold the lock of the load balancer. */
@Component
public class Logtanks {

    static final String KIND = "logtank";

    private static final String COLUMNS = "id, project_id, load_balancer_id, log_group_id, log_topic_id";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Logtanks(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** The load balancer is about to be deleted, and its logtank with it. */
    public void deleteOf(String projectId, UUID loadBalancerId) {
        of(loadBalancerId).ifPresent(logtank -> delete(projectId, logtank));
    }

    Optional<Logtank> of(UUID loadBalancerId) {
        return jdbc.sql("select " + COLUMNS + " from logtank where load_balancer_id = :id")
                .param("id", loadBalancerId)
                .query((row, n) -> read(row))
                .optional();
    }

    /** In the order of their ids. */
    List<Logtank> all(String projectId, Collection<UUID> ids) {
        return jdbc.sql("select " + COLUMNS
                        + " from logtank where project_id = :project and id = any(:ids) order by id")
                .param("project", projectId)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, n) -> read(row))
                .list();
    }

    Logtank require(String projectId, UUID id) {
        return all(projectId, List.of(id)).stream().findFirst().orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, id));
    }

    void insert(Logtank logtank) {
        jdbc.sql("insert into logtank (" + COLUMNS + ", created_at)"
                        + " values (:id, :project, :loadBalancer, :group, :topic, :now)")
                .param("id", logtank.id())
                .param("project", logtank.projectId())
                .param("loadBalancer", logtank.loadbalancerId())
                .param("group", logtank.logGroupId())
                .param("topic", logtank.logTopicId())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        events.publishEvent(ResourceWritten.created(logtank.projectId(), KIND, logtank.id(), null, logtank));
    }

    void update(Logtank before, Logtank after) {
        jdbc.sql("update logtank set log_group_id = :group, log_topic_id = :topic where id = :id")
                .param("group", after.logGroupId())
                .param("topic", after.logTopicId())
                .param("id", after.id())
                .update();
        events.publishEvent(ResourceWritten.updated(after.projectId(), KIND, after.id(), null, before, after));
    }

    void delete(String projectId, Logtank logtank) {
        jdbc.sql("delete from logtank where id = :id and project_id = :project")
                .param("id", logtank.id())
                .param("project", projectId)
                .update();
        events.publishEvent(ResourceWritten.deleted(projectId, KIND, logtank.id(), null, logtank));
    }

    private static Logtank read(ResultSet row) throws SQLException {
        return new Logtank(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                Objects.requireNonNull(row.getString("project_id")),
                Objects.requireNonNull(row.getObject("load_balancer_id", UUID.class)),
                Objects.requireNonNull(row.getString("log_group_id")),
                Objects.requireNonNull(row.getString("log_topic_id")));
    }
}
