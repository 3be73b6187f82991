package io.evenkeel.accesscontrol;

import io.evenkeel.platform.error.ErrorCode;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** IP groups for those who refer to one. Every call takes part in the caller's transaction. */
@Component
public class IpGroups {

    private final JdbcClient jdbc;

    IpGroups(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps the group from being changed, deleted, or taken by another listener until the transaction ends; comes
     * before the load balancer's advance. Errors: {@link ErrorCode#NOT_FOUND} for an id that the project does not have.
     */
    public void hold(String projectId, UUID ipGroupId) {
        boolean isKnown = jdbc.sql("select 1 from ip_group where id = :id and project_id = :project for no key update")
                .param("id", ipGroupId)
                .param("project", projectId)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!isKnown) {
            throw ErrorCode.NOT_FOUND.with("ipgroup", ipGroupId);
        }
    }
}
