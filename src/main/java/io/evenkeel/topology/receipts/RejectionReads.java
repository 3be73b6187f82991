package io.evenkeel.topology.receipts;

import io.evenkeel.platform.Timestamps;
import io.evenkeel.topology.receipts.ReceiptsResponse.WorkerRejectionAnswer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What workers do not serve of a resource, by worker. */
@Component
class RejectionReads {

    private static final String OF_LOAD_BALANCER = """
            select r.worker_id, 'loadbalancer' as type, r.resource_id, r.generation, r.reason, r.message, r.since
              from worker_rejection r where r.resource_kind = 'LOAD_BALANCER' and r.resource_id = :id
            union all
            select r.worker_id, 'listener', r.resource_id, r.generation, r.reason, r.message, r.since
              from listener l
              join worker_rejection r on r.resource_kind = 'LISTENER' and r.resource_id = l.id
             where l.load_balancer_id = :id
            order by 1, 7, 3
            """;

    private static final String OF_POOL = """
            select r.worker_id, 'pool' as type, r.resource_id, r.generation, r.reason, r.message, r.since
              from worker_rejection r where r.resource_kind = 'POOL' and r.resource_id = :id
            """;

    private final JdbcClient jdbc;

    RejectionReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The load balancer itself, and its listeners. */
    Map<String, List<WorkerRejectionAnswer>> ofLoadBalancer(UUID id) {
        return read(OF_LOAD_BALANCER, id);
    }

    Map<String, List<WorkerRejectionAnswer>> ofPool(UUID id) {
        return read(OF_POOL, id);
    }

    private Map<String, List<WorkerRejectionAnswer>> read(String sql, UUID id) {
        var rejected = new HashMap<String, List<WorkerRejectionAnswer>>();
        jdbc.sql(sql).param("id", id).query(row -> {
            rejected.computeIfAbsent(row.getString("worker_id"), worker -> new ArrayList<>())
                    .add(answer(row));
        });
        return rejected;
    }

    private static WorkerRejectionAnswer answer(ResultSet row) throws SQLException {
        return new WorkerRejectionAnswer(
                row.getString("type"),
                row.getObject("resource_id", UUID.class),
                row.getLong("generation"),
                row.getString("reason"),
                row.getString("message"),
                Timestamps.onWire(row.getTimestamp("since").toInstant()));
    }
}
