package io.evenkeel.pool.rest;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListPools (wire contract, filters.md §3). Pools of a master and a standby are a list of their own. */
@Component
class PoolFilters extends ListOperation {

    /** {@code key=value} against the attributes of a jsonb column; only the first {@code =} separates. */
    private static final String PAIR = """
            exists (select 1 from unnest(:%%s) pair where %s ->> split_part(pair, '=', 1)
                = substr(pair, strpos(pair, '=') + 1) and strpos(pair, '=') > 0)""";

    private static final String LOAD_BALANCER = """
            t.id in (select u.pool_id from pool_use u where u.load_balancer_id = any(cast(:%1$s as uuid[])))""";

    PoolFilters() {
        super("ListPools", "(select * from pool where not is_master_slave) t", "t.id");
        uuid("id", "t.id");
        text("name", "t.name");
        text("description", "t.description");
        bool("admin_state_up", "t.admin_state_up");
        text("protocol", "t.protocol");
        text("lb_algorithm", "t.algorithm");
        text("ip_version", "t.ip_version");
        text("vpc_id", "coalesce(t.vpc_id, '')");
        text("type", "t.type");
        text("protection_status", "t.protection_status");
        bool("member_deletion_protection_enable", "t.member_deletion_protection_enable");
        bool("any_port_enable", "t.any_port_enable");
        bool("connection_drain", "cast(t.connection_drain ->> 'enable' as boolean)");
        where("pool_health", Filter.Type.PAIR, PAIR.formatted("t.pool_health"), false);
        where("az_affinity", Filter.Type.PAIR, PAIR.formatted("t.az_affinity"), true);
        where("public_border_group", Filter.Type.TEXT, "'center' = any(:%s)", false);
        where("quic_cid_len", Filter.Type.INTEGER, quic("len"), false);
        where("quic_cid_offset", Filter.Type.INTEGER, quic("offset"), false);
        enterpriseProject("t.enterprise_project_id");
        relations();
    }

    private void relations() {
        where(
                "healthmonitor_id",
                Filter.Type.UUID,
                "t.id in (select hm.pool_id from health_monitor hm where hm.id = any(cast(:%s as uuid[])))",
                true);
        where(
                "listener_id",
                Filter.Type.UUID,
                "t.id in (select u.pool_id from pool_use u where u.listener_id = any(cast(:%s as uuid[])))",
                true);
        where("loadbalancer_id", Filter.Type.UUID, LOAD_BALANCER, true);
        together(
                "t.id in (select m.pool_id from member m where m.project_id = :project and %s)",
                addressOf("member_address", "m.address"),
                textOf("member_device_id", "m.server_id"),
                textOf("member_instance_id", "m.server_id"));
    }

    private static String quic(String attribute) {
        return "cast(t.quic_cid_hash_strategy ->> '" + attribute + "' as integer) = any(cast(:%s as integer[]))";
    }
}
