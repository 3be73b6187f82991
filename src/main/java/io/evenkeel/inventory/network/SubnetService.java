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

/** Subnets. Lock order: the VPC's row, the table, the subnet's row. */
@Service
class SubnetService {

    private static final String KIND = "subnet";

    private static final String HOLDER = """
            select coalesce('server ' || server_id, 'load balancer ' || load_balancer_id) || ' (' || host(address) || ')'
              from address_claim where project_id = :project and subnet_id = :id""";

    private static final String LEFT_OUTSIDE = """
            (:leaving or not address << cast(:cidr as cidr)
             or address in (cast(host(cast(:cidr as cidr)) as inet), cast(host(broadcast(cast(:cidr as cidr))) as inet)))
            """;

    private static final String BACKEND_SUBNET_OF = """
            select 'load balancer ' || id from load_balancer
             where project_id = :project and :id = any(backend_subnet_ids) limit 1""";

    private final JdbcClient jdbc;
    private final ReservedRanges reserved;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SubnetService(JdbcClient jdbc, ReservedRanges reserved, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.reserved = reserved;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Creates or replaces, and says whether it created. Errors: {@link ErrorCode#INVALID_INPUT},
     * {@link ErrorCode#NOT_FOUND} for the VPC, {@link ErrorCode#MISMATCH} for a range outside it,
     * {@link ErrorCode#CONFLICT} for an overlap, or an address in use that would be left outside.
     */
    @Transactional
    boolean put(String projectId, String id, PutSubnetRequest request) {
        InventoryIds.check("id", id);
        var cidr = Cidr.parse("cidr", request.cidr());
        reserved.refuse("cidr", cidr);
        if (cidr.isSingleAddress()) {
            throw ErrorCode.INVALID_INPUT.with("cidr", "must hold more than one address");
        }
        requireInside(projectId, request.vpcId(), cidr);
        // Writers queue up, or two that overlap would wait for each other's exclusion constraint.
        jdbc.sql("lock table subnet in share row exclusive mode").update();
        var oldVpcId = jdbc.sql("select vpc_id from subnet where project_id = :project and id = :id for update")
                .param("project", projectId)
                .param("id", id)
                .query((row, n) -> row.getString(1))
                .optional();
        refuseOverlap(projectId, id, cidr);
        refuseLosingAddresses(
                projectId, id, cidr, oldVpcId.isPresent() && !oldVpcId.get().equals(request.vpcId()));
        var before = find(projectId, id);
        write(projectId, id, request, cidr);
        publish(projectId, id, before);
        return oldVpcId.isEmpty();
    }

    private void requireInside(String projectId, String vpcId, Cidr cidr) {
        var vpcCidr = jdbc.sql("""
                        select cast(cidr as text) from vpc where project_id = :project and id = :vpc for share""")
                .param("project", projectId)
                .param("vpc", vpcId)
                .query((row, n) -> row.getString(1))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("vpc", vpcId));
        if (!cidr.isInside(Cidr.parse("cidr", vpcCidr))) {
            throw ErrorCode.MISMATCH.with(
                    "The cidr %s is not inside that of vpc %s (%s)".formatted(cidr.text(), vpcId, vpcCidr));
        }
    }

    private void refuseOverlap(String projectId, String id, Cidr cidr) {
        var other = jdbc.sql("""
                        select id || ' (' || cidr || ')' from subnet
                         where cidr && cast(:cidr as cidr) and (project_id, id) <> (:project, :id) limit 1""")
                .param("project", projectId)
                .param("id", id)
                .param("cidr", cidr.text())
                .query((row, n) -> row.getString(1))
                .optional();
        if (other.isPresent()) {
            throw ErrorCode.CONFLICT.with("The cidr %s overlaps that of subnet %s".formatted(cidr.text(), other.get()));
        }
    }

    private void refuseLosingAddresses(String projectId, String id, Cidr cidr, boolean isLeavingItsVpc) {
        var lost = user(HOLDER + " and " + LEFT_OUTSIDE + " limit 1", projectId, id, cidr.text(), isLeavingItsVpc);
        if (lost.isEmpty() && isLeavingItsVpc) {
            lost = user(BACKEND_SUBNET_OF, projectId, id, cidr.text(), true);
        }
        if (lost.isPresent()) {
            throw ErrorCode.CONFLICT.with(
                    lost.get() + " is using this subnet, which would move away from it with this cidr or vpc_id");
        }
    }

    private Optional<String> user(String sql, String projectId, String id, String cidr, boolean isLeaving) {
        return jdbc.sql(sql)
                .param("project", projectId)
                .param("id", id)
                .param("cidr", cidr)
                .param("leaving", isLeaving)
                .query((row, n) -> row.getString(1))
                .optional();
    }

    private void write(String projectId, String id, PutSubnetRequest request, Cidr cidr) {
        jdbc.sql("""
                        insert into subnet (project_id, id, vpc_id, vpc_cidr, name, cidr, created_at, updated_at)
                        select :project, :id, v.id, v.cidr, :name, cast(:cidr as cidr), :now, :now
                          from vpc v where v.project_id = :project and v.id = :vpc
                        on conflict (project_id, id) do update
                           set vpc_id = excluded.vpc_id, vpc_cidr = excluded.vpc_cidr, name = excluded.name,
                               cidr = excluded.cidr, updated_at = excluded.updated_at
                         where (subnet.vpc_id, subnet.name, subnet.cidr)
                            is distinct from (excluded.vpc_id, excluded.name, excluded.cidr)""")
                .param("project", projectId)
                .param("id", id)
                .param("vpc", request.vpcId())
                .param("name", request.nameOrEmpty())
                .param("cidr", cidr.text())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void publish(String projectId, String id, Optional<SubnetResponse> before) {
        var after = require(projectId, id);
        if (before.isEmpty()) {
            events.publishEvent(ResourceWritten.created(projectId, KIND, id, null, after));
        } else if (!before.get().equals(after)) {
            events.publishEvent(ResourceWritten.updated(projectId, KIND, id, null, before.get(), after));
        }
    }

    private Optional<SubnetResponse> find(String projectId, String id) {
        return read(projectId, List.of(id)).stream().findFirst();
    }

    SubnetResponse require(String projectId, String id) {
        return find(projectId, id).orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, id));
    }

    /** Sorted by id. */
    List<SubnetResponse> read(String projectId, Collection<String> ids) {
        return jdbc.sql("""
                        select id, name, vpc_id, cast(cidr as text) as cidr, created_at, updated_at
                          from subnet where project_id = :project and id = any(:ids) order by id""")
                .param("project", projectId)
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> response(row))
                .list();
    }

    private static SubnetResponse response(ResultSet row) throws SQLException {
        return new SubnetResponse(
                row.getString("id"),
                row.getString("name"),
                row.getString("vpc_id"),
                row.getString("cidr"),
                Timestamps.onWire(row.getTimestamp("created_at").toInstant()),
                Timestamps.onWire(row.getTimestamp("updated_at").toInstant()));
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#CONFLICT} naming who uses it. */
    @Transactional
    void delete(String projectId, String id) {
        var user = user(HOLDER + " limit 1", projectId, id, "", false)
                .or(() -> user(BACKEND_SUBNET_OF, projectId, id, "", false));
        if (user.isPresent()) {
            throw ErrorCode.CONFLICT.with(user.get() + " is using this subnet");
        }
        var before = find(projectId, id);
        if (jdbc.sql("delete from subnet where project_id = :project and id = :id")
                        .param("project", projectId)
                        .param("id", id)
                        .update()
                == 0) {
            throw ErrorCode.NOT_FOUND.with(KIND, id);
        }
        before.ifPresent(gone -> events.publishEvent(ResourceWritten.deleted(projectId, KIND, id, null, gone)));
    }
}
