package io.evenkeel.member.joining;

import io.evenkeel.member.joining.RulesProperties.SameOs;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Brings members that joined while the same-OS rule was loose under it, once it is enforced again. */
@Service
class SameOsService {

    private static final Logger log = LoggerFactory.getLogger(SameOsService.class);

    /** Pools with such members, locked in order. */
    private static final String LOCK = """
            select p.id from pool p where exists (select 1 from member m where m.pool_id = p.id and m.os is null)
             order by p.id for update""";

    private static final String SYSTEMS = """
            select m.pool_id, string_agg(distinct coalesce(m.os, s.os), ', ') as systems,
                   count(distinct coalesce(m.os, s.os)) = 1 and (p.os is null or p.os = min(coalesce(m.os, s.os))) as agree
              from member m
              join pool p on p.id = m.pool_id
              join server s on s.project_id = m.project_id and s.id = m.server_id
             where m.pool_id = any(cast(:pools as uuid[]))
             group by m.pool_id, p.os order by m.pool_id""";

    private final JdbcClient jdbc;
    private final SameOs sameOs;

    SameOsService(JdbcClient jdbc, RulesProperties rules) {
        this.jdbc = jdbc;
        this.sameOs = rules.sameOs();
    }

    private record Group(String poolId, String systems, boolean agrees) {}

    /** Fills in the OS where all members of a pool agree, and reports the others. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    void bindThoseThatAgree() {
        if (sameOs != SameOs.ENFORCE) {
            return;
        }
        for (var group : looseGroups()) {
            if (group.agrees()) {
                bind(group);
            } else {
                log.atWarn()
                        .addKeyValue("poolId", group.poolId())
                        .log(
                                "The members of a pool run different systems, against the same-OS rule: {}",
                                group.systems());
            }
        }
    }

    private List<Group> looseGroups() {
        var pools = jdbc.sql(LOCK).query((row, n) -> row.getString(1)).list();
        return pools.isEmpty()
                ? List.of()
                : jdbc.sql(SYSTEMS)
                        .param("pools", pools.toArray(String[]::new))
                        .query((row, n) ->
                                new Group(row.getString("pool_id"), row.getString("systems"), row.getBoolean("agree")))
                        .list();
    }

    private void bind(Group group) {
        for (var sql : List.of(
                "update pool set os = :os where id = cast(:pool as uuid)",
                "update member set os = :os where pool_id = cast(:pool as uuid) and os is null")) {
            jdbc.sql(sql)
                    .param("os", group.systems())
                    .param("pool", group.poolId())
                    .update();
        }
    }
}
