package io.evenkeel.inventory;

import io.evenkeel.platform.error.ErrorCode;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The VPCs of a project, for other modules. */
@Component
public class Vpcs {

    private final JdbcClient jdbc;

    Vpcs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    public KnownVpc require(String projectId, String vpcId) {
        return find(projectId, vpcId).orElseThrow(() -> ErrorCode.NOT_FOUND.with("vpc", vpcId));
    }

    public Optional<KnownVpc> find(String projectId, String vpcId) {
        return jdbc.sql("select id, cast(cidr as text) as cidr from vpc where project_id = :project and id = :id")
                .param("project", projectId)
                .param("id", vpcId)
                .query((row, n) -> new KnownVpc(row.getString("id"), row.getString("cidr")))
                .optional();
    }
}
