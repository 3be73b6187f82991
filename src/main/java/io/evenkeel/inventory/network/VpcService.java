package io.evenkeel.inventory.network;

import io.evenkeel.inventory.address.Cidr;
import io.evenkeel.inventory.address.InventoryIds;
import io.evenkeel.inventory.address.ReservedRanges;
import io.evenkeel.platform.Timestamps;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** VPCs. Plain SQL: a row is written whole by one statement, and nothing here lives longer than it. */
@Service
class VpcService {

    private static final String KIND = "vpc";

    private static final String USER = """
            (select 'subnet ' || id from subnet where project_id = :project and vpc_id = :id limit 1)
            union all
            (select 'server ' || id from server where project_id = :project and vpc_id = :id limit 1)
            union all
            (select 'load balancer ' || id from load_balancer where project_id = :project and vpc_id = :id limit 1)
            union all
            (select 'pool ' || id from pool where project_id = :project and effective_vpc_id = :id limit 1)
            limit 1""";

    private final JdbcClient jdbc;
    private final ReservedRanges reserved;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    VpcService(JdbcClient jdbc, ReservedRanges reserved, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.reserved = reserved;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Creates or replaces, and says whether it created. Errors: {@link ErrorCode#INVALID_INPUT},
     * {@link ErrorCode#NOT_FOUND} for the project, {@link ErrorCode#CONFLICT} for an overlap or a subnet left outside.
     */
    @Transactional
    boolean put(String projectId, String id, PutVpcRequest request) {
        InventoryIds.check("id", id);
        var cidr = Cidr.parse("cidr", request.cidr());
        reserved.refuse("cidr", cidr);
        requireProject(projectId);
        // Writers queue up, or two that overlap would wait for each other's exclusion constraint.
        jdbc.sql("lock table vpc in share row exclusive mode").update();
        boolean isNew = jdbc.sql("select 1 from vpc where project_id = :project and id = :id for update")
                .param("project", projectId)
                .param("id", id)
                .query(Integer.class)
                .optional()
                .isEmpty();
        refuseOverlap(projectId, id, cidr);
        refuseSubnetLeftOutside(projectId, id, cidr);
        var before = find(projectId, id);
        write(projectId, id, request.nameOrEmpty(), cidr);
        publish(projectId, id, before);
        return isNew;
    }

    private void requireProject(String projectId) {
        if (!jdbc.sql("select exists (select 1 from project where id = :project)")
                .param("project", projectId)
                .query(Boolean.class)
                .single()) {
            throw ErrorCode.NOT_FOUND.with("project", projectId);
        }
    }

    private void refuseOverlap(String projectId, String id, Cidr cidr) {
        var other = jdbc.sql("""
                        select case when project_id = :project then 'vpc ' || id || ' (' || cidr || ')'
                                    else 'a vpc of another project' end
                          from vpc
                         where cidr && cast(:cidr as cidr) and (project_id, id) <> (:project, :id)
                         order by project_id <> :project limit 1""")
                .param("project", projectId)
                .param("id", id)
                .param("cidr", cidr.text())
                .query((row, n) -> row.getString(1))
                .optional();
        if (other.isPresent()) {
            throw ErrorCode.CONFLICT.with("The cidr %s overlaps that of %s".formatted(cidr.text(), other.get()));
        }
    }

    private void refuseSubnetLeftOutside(String projectId, String id, Cidr cidr) {
        var outside = jdbc.sql("""
                        select id || ' (' || cidr || ')' from subnet
                         where project_id = :project and vpc_id = :id and not cidr <<= cast(:cidr as cidr) limit 1""")
                .param("project", projectId)
                .param("id", id)
                .param("cidr", cidr.text())
                .query((row, n) -> row.getString(1))
                .optional();
        if (outside.isPresent()) {
            throw ErrorCode.CONFLICT.with(
                    "The subnet %s of this vpc would lie outside %s".formatted(outside.get(), cidr.text()));
        }
    }

    private void write(String projectId, String id, String name, Cidr cidr) {
        jdbc.sql("""
                        insert into vpc (project_id, id, name, cidr, created_at, updated_at)
                        values (:project, :id, :name, cast(:cidr as cidr), :now, :now)
                        on conflict (project_id, id) do update
                           set name = excluded.name, cidr = excluded.cidr, updated_at = excluded.updated_at
                         where (vpc.name, vpc.cidr) is distinct from (excluded.name, excluded.cidr)""")
                .param("project", projectId)
                .param("id", id)
                .param("name", name)
                .param("cidr", cidr.text())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void publish(String projectId, String id, Optional<VpcResponse> before) {
        var after = require(projectId, id);
        if (before.isEmpty()) {
            events.publishEvent(ResourceWritten.created(projectId, KIND, id, null, after));
        } else if (!before.get().equals(after)) {
            events.publishEvent(ResourceWritten.updated(projectId, KIND, id, null, before.get(), after));
        }
    }

    private Optional<VpcResponse> find(String projectId, String id) {
        return read(projectId, List.of(id)).stream().findFirst();
    }

    VpcResponse require(String projectId, String id) {
        return find(projectId, id).orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, id));
    }

    /** Sorted by id. */
    List<VpcResponse> read(String projectId, Collection<String> ids) {
        return jdbc.sql("""
                        select id, name, cast(cidr as text) as cidr, created_at, updated_at
                          from vpc where project_id = :project and id = any(:ids) order by id""")
                .param("project", projectId)
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> response(row))
                .list();
    }

    private static VpcResponse response(ResultSet row) throws SQLException {
        return new VpcResponse(
                row.getString("id"),
                row.getString("name"),
                row.getString("cidr"),
                Timestamps.onWire(row.getTimestamp("created_at").toInstant()),
                Timestamps.onWire(row.getTimestamp("updated_at").toInstant()));
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#CONFLICT} naming what lies in it. */
    @Transactional
    void delete(String projectId, String id) {
        Optional<String> user = jdbc.sql(USER)
                .param("project", projectId)
                .param("id", id)
                .query((row, n) -> row.getString(1))
                .optional();
        if (user.isPresent()) {
            throw ErrorCode.CONFLICT.with(user.get() + " is using this vpc");
        }
        var before = find(projectId, id);
        if (jdbc.sql("delete from vpc where project_id = :project and id = :id")
                        .param("project", projectId)
                        .param("id", id)
                        .update()
                == 0) {
            throw ErrorCode.NOT_FOUND.with(KIND, id);
        }
        before.ifPresent(gone -> events.publishEvent(ResourceWritten.deleted(projectId, KIND, id, null, gone)));
    }
}
