package io.evenkeel.certificate;

import io.evenkeel.platform.error.ErrorCode;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The custom security policies of a project, for other modules. Takes part in the caller's transaction. */
@Component
public class SecurityPolicies {

    private final JdbcClient jdbc;

    SecurityPolicies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The protocols that a policy allows; it is held until the transaction ends: it neither changes nor goes meanwhile.
     * Comes before every advance of a load balancer. Errors: {@link ErrorCode#NOT_FOUND}.
     */
    public List<String> hold(String projectId, UUID id) {
        return jdbc.sql("select protocols from security_policy where project_id = :project and id = :id for key share")
                .param("project", projectId)
                .param("id", id)
                .query((row, n) -> List.of((String[]) row.getArray(1).getArray()))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("security_policy", id));
    }
}
