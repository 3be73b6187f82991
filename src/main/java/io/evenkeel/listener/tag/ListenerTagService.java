package io.evenkeel.listener.tag;

import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.loadbalancer.TagChange;
import io.evenkeel.loadbalancer.TagColumn;
import io.evenkeel.loadbalancer.TagColumn.KeyValues;
import io.evenkeel.loadbalancer.TagColumn.Owner;
import io.evenkeel.platform.error.ErrorCode;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Errors: NOT_FOUND, INVALID_INPUT, REQUIRED. */
@Service
class ListenerTagService {

    private final LoadBalancers loadBalancers;
    private final TagColumn tags;
    private final JdbcClient jdbc;

    ListenerTagService(LoadBalancers loadBalancers, TagColumn tags, JdbcClient jdbc) {
        this.loadBalancers = loadBalancers;
        this.tags = tags;
        this.jdbc = jdbc;
    }

    @Transactional
    void change(String projectId, UUID id, TagChange change) {
        loadBalancers.lock(projectId, loadBalancerOf(projectId, id));
        tags.change(Owner.LISTENER, projectId, id, change);
    }

    /** A listener is written only under the lock of its load balancer. */
    private UUID loadBalancerOf(String projectId, UUID id) {
        return jdbc.sql("select load_balancer_id from listener where id = :id and project_id = :project")
                .param("id", id)
                .param("project", projectId)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("listener", id));
    }

    @Transactional(readOnly = true)
    List<Tag> show(String projectId, UUID id) {
        return tags.of(Owner.LISTENER, projectId, id);
    }

    @Transactional(readOnly = true)
    List<KeyValues> list(String projectId) {
        return tags.all(Owner.LISTENER, projectId);
    }
}
