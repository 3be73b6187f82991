package io.evenkeel.member.store;

import io.evenkeel.platform.IpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements that write members; each handles any number of them. The pool is advanced before any of them. */
@Component
public class MemberStore {

    private static final String COLUMNS = "id, host(address) as address, subnet_id, name, protocol_port, weight";
    private static final String ROW = "select " + COLUMNS + " from member ";

    private final JdbcClient jdbc;

    MemberStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A member of the pool at hand. */
    public record Row(UUID id, IpAddress address, @Nullable String subnetId, MemberSpec spec) {

        public Row with(MemberSpec changed) {
            return new Row(id, address, subnetId, changed);
        }
    }

    /** A member to insert. */
    public record Insert(
            UUID id,
            String serverId,
            @Nullable String os,
            IpAddress address,
            @Nullable String subnetId,
            MemberSpec spec) {}

    public Optional<Row> find(String projectId, UUID poolId, UUID memberId) {
        return jdbc.sql(ROW + "where id = :id and pool_id = :pool and project_id = :project")
                .param("id", memberId)
                .param("pool", poolId)
                .param("project", projectId)
                .query((row, n) -> row(row))
                .optional();
    }

    public List<Row> all(String projectId, UUID poolId) {
        return jdbc.sql(ROW + "where pool_id = :pool and project_id = :project")
                .param("pool", poolId)
                .param("project", projectId)
                .query((row, n) -> row(row))
                .list();
    }

    /** The members of the pool at the addresses. */
    public List<Row> at(String projectId, UUID poolId, Collection<IpAddress> addresses) {
        return jdbc.sql(ROW + "where pool_id = :pool and project_id = :project and address = any(cast(:at as inet[]))")
                .param("pool", poolId)
                .param("project", projectId)
                .param("at", column(addresses, IpAddress::text))
                .query((row, n) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                IpAddress.parse(row.getString("address")).orElseThrow(),
                row.getString("subnet_id"),
                new MemberSpec(row.getString("name"), row.getInt("protocol_port"), row.getInt("weight")));
    }

    /** Inserts those whose address and port are not in the pool yet, and answers with their ids. */
    public Set<UUID> insert(String projectId, UUID poolId, String vpcId, List<Insert> members, Instant now) {
        return jdbc.sql("""
                        insert into member (id, project_id, pool_id, vpc_id, server_id, address, subnet_id, os, created_at,
                                            updated_at, name, protocol_port, weight)
                        select w.id, :project, :pool, :vpc, w.server_id, w.address, w.subnet_id, w.os, :now, :now, w.name,
                               w.port, w.weight
                          from unnest(cast(:ids as uuid[]), cast(:servers as text[]), cast(:addresses as inet[]),
                                      cast(:subnets as text[]), cast(:systems as text[]), cast(:names as text[]),
                                      cast(:ports as integer[]), cast(:weights as integer[]))
                               as w (id, server_id, address, subnet_id, os, name, port, weight)
                        on conflict (pool_id, address, protocol_port) do nothing
                        returning id""")
                .param("project", projectId)
                .param("pool", poolId)
                .param("vpc", vpcId)
                .param("now", Timestamp.from(now))
                .param("ids", column(members, member -> member.id().toString()))
                .param("servers", column(members, Insert::serverId))
                .param("addresses", column(members, member -> member.address().text()))
                .param("subnets", column(members, Insert::subnetId))
                .param("systems", column(members, Insert::os))
                .param("names", column(members, member -> member.spec().name()))
                .param(
                        "ports",
                        column(members, member -> Integer.toString(member.spec().protocolPort())))
                .param(
                        "weights",
                        column(members, member -> Integer.toString(member.spec().weight())))
                .query((row, n) -> row.getObject(1, UUID.class))
                .set();
    }

    public void update(UUID poolId, Collection<Row> members, Instant now) {
        jdbc.sql("""
                        update member m set name = w.name, protocol_port = w.port, weight = w.weight, updated_at = :now
                          from unnest(cast(:ids as uuid[]), cast(:names as text[]), cast(:ports as integer[]),
                                      cast(:weights as integer[])) as w (id, name, port, weight)
                         where m.id = w.id and m.pool_id = :pool""")
                .param("pool", poolId)
                .param("now", Timestamp.from(now))
                .param("ids", column(members, member -> member.id().toString()))
                .param("names", column(members, member -> member.spec().name()))
                .param(
                        "ports",
                        column(members, member -> Integer.toString(member.spec().protocolPort())))
                .param(
                        "weights",
                        column(members, member -> Integer.toString(member.spec().weight())))
                .update();
    }

    /** Deletes those of the members that are there, and answers with them. */
    public List<Row> delete(UUID poolId, Collection<UUID> ids) {
        return jdbc.sql("delete from member where pool_id = :pool and id = any(cast(:ids as uuid[])) returning "
                        + COLUMNS)
                .param("pool", poolId)
                .param("ids", column(ids, UUID::toString))
                .query((row, n) -> row(row))
                .list();
    }

    public void assignRole(UUID id, String role) {
        jdbc.sql("update member set role = :role where id = :id")
                .param("role", role)
                .param("id", id)
                .update();
    }

    /** Members at the same address and port have the same part. */
    public void copyRoles(UUID from, UUID to) {
        jdbc.sql("""
                        update member m set role = o.role from member o
                         where m.pool_id = :to and o.pool_id = :from
                           and o.address = m.address and o.protocol_port = m.protocol_port""").param("from", from).param("to", to).update();
    }

    /** What to insert for a pool with the same members. */
    public List<Insert> forCopy(String projectId, UUID poolId, Supplier<UUID> ids) {
        return jdbc.sql("select server_id, os, " + COLUMNS
                        + " from member where pool_id = :pool and project_id = :project order by id")
                .param("pool", poolId)
                .param("project", projectId)
                .query((row, n) -> {
                    var member = row(row);
                    return new Insert(
                            ids.get(),
                            row.getString("server_id"),
                            row.getString("os"),
                            member.address(),
                            member.subnetId(),
                            member.spec());
                })
                .list();
    }

    /** Pools with a member on one of the servers, sorted. */
    List<UUID> poolsOn(String projectId, Collection<String> serverIds) {
        return jdbc.sql("""
                        select distinct pool_id from member
                         where project_id = :project and server_id = any(:servers) order by pool_id""")
                .param("project", projectId)
                .param("servers", serverIds.toArray(String[]::new))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** The systems that the servers of the pool's members run, sorted. */
    public List<String> systems(UUID poolId) {
        return jdbc.sql("""
                        select distinct s.os from member m
                          join server s on s.project_id = m.project_id and s.id = m.server_id
                         where m.pool_id = :pool order by s.os""")
                .param("pool", poolId)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** A load balancer that uses the pool and takes no IP members. */
    public Optional<UUID> withoutIpTargets(UUID poolId) {
        return jdbc.sql("""
                        select b.id from load_balancer b
                         where not b.ip_target_enable
                           and b.id in (select u.load_balancer_id from pool_use u where u.pool_id = :pool)
                         order by b.id limit 1""")
                .param("pool", poolId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
    }

    private static <T> @Nullable String[] column(Collection<T> rows, Function<T, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
