package io.evenkeel.member.rest;

import io.evenkeel.member.rest.MemberResponse.Info;
import io.evenkeel.member.rest.MemberResponse.Ref;
import io.evenkeel.platform.Timestamps;
import io.evenkeel.status.MemberStatus;
import io.evenkeel.status.MemberStatuses;
import io.evenkeel.status.ObservedStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Members as answers show them: one statement for their rows, one for their status, whatever their number. */
@Component
class MemberReads {

    private static final String SQL = """
            select m.id, m.name, m.project_id, m.subnet_id, m.protocol_port, m.weight, host(m.address) as address,
                   family(m.address) as family, m.created_at, m.updated_at, m.server_id, m.pool_id, s.availability_zone
              from member m
              join server s on s.project_id = m.project_id and s.id = m.server_id
             where m.project_id = :project and m.id = any(cast(:ids as uuid[]))""";

    private static final MemberStatus UNKNOWN =
            new MemberStatus("OFFLINE", List.of(), null, new ObservedStatus("OFFLINE", null, null));

    private final JdbcClient jdbc;
    private final MemberStatuses statuses;

    MemberReads(JdbcClient jdbc, MemberStatuses statuses) {
        this.jdbc = jdbc;
        this.statuses = statuses;
    }

    private record Found(UUID poolId, String serverId, MemberResponse member) {}

    /** The member, where it is one of the pool's. */
    Optional<MemberResponse> find(String projectId, UUID poolId, UUID id) {
        return found(projectId, List.of(id)).values().stream()
                .filter(row -> row.poolId().equals(poolId))
                .map(Found::member)
                .findFirst();
    }

    /** In the order of the ids; what is not there is left out. */
    List<MemberResponse> read(String projectId, Collection<UUID> ids) {
        var found = found(projectId, ids);
        return ids.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .map(Found::member)
                .toList();
    }

    /** The same with their pools and load balancers: one statement more. */
    List<Info> readInfo(String projectId, Collection<UUID> ids) {
        var found = found(projectId, ids);
        var loadBalancers = loadBalancers(ids);
        return ids.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .map(row -> {
                    var refs = loadBalancers.getOrDefault(row.member().id(), List.of());
                    return new Info(
                            row.member(),
                            row.poolId(),
                            row.serverId().isEmpty()
                                    ? ""
                                    : "compute:" + row.member().availabilityZone(),
                            row.serverId(),
                            refs.isEmpty() ? null : refs.getFirst().id(),
                            refs);
                })
                .toList();
    }

    private Map<UUID, Found> found(String projectId, Collection<UUID> ids) {
        var status = statuses.of(ids);
        var found = new HashMap<UUID, Found>();
        jdbc.sql(SQL).param("project", projectId).param("ids", texts(ids)).query(row -> {
            var member = response(row, status);
            found.put(member.id(), new Found(row.getObject("pool_id", UUID.class), member.instanceId(), member));
        });
        return found;
    }

    private static MemberResponse response(ResultSet row, Map<UUID, MemberStatus> statuses) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var status = statuses.getOrDefault(id, UNKNOWN);
        var subnetId = row.getString("subnet_id");
        return new MemberResponse(
                id,
                row.getString("name"),
                row.getString("project_id"),
                true,
                subnetId,
                row.getInt("protocol_port"),
                row.getInt("weight"),
                row.getString("address"),
                row.getInt("family") == 4 ? "v4" : "v6",
                status.operatingStatus(),
                status.perListener(),
                status.reason(),
                Timestamps.onWire(row.getTimestamp("created_at").toInstant()),
                Timestamps.onWire(row.getTimestamp("updated_at").toInstant()),
                subnetId == null ? "ip" : "instance",
                subnetId == null ? "" : row.getString("server_id"),
                row.getString("availability_zone"),
                status.observed());
    }

    private Map<UUID, List<Ref>> loadBalancers(Collection<UUID> ids) {
        var refs = new HashMap<UUID, List<Ref>>();
        jdbc.sql("""
                        select distinct member_id, load_balancer_id from backend_path
                         where member_id = any(cast(:ids as uuid[])) order by member_id, load_balancer_id""").param("ids", texts(ids)).query(row -> {
            refs.computeIfAbsent(row.getObject("member_id", UUID.class), id -> new ArrayList<>())
                    .add(new Ref(row.getString("load_balancer_id")));
        });
        return refs;
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
