package io.evenkeel.topology.standby;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListMasterSlavePools (wire contract, operations.md). */
@Component
class MasterSlavePoolFilters extends ListOperation {

    MasterSlavePoolFilters() {
        super("ListMasterSlavePools", "(select * from pool where is_master_slave) t", "t.id");
        uuid("id", "t.id");
        text("name", "t.name");
        text("description", "t.description");
        text("protocol", "t.protocol");
        text("lb_algorithm", "t.algorithm");
        text("ip_version", "t.ip_version");
        text("vpc_id", "coalesce(t.vpc_id, '')");
        text("type", "t.type");
        bool("connection_drain", "cast(t.connection_drain ->> 'enable' as boolean)");
        where("public_border_group", Filter.Type.TEXT, "'center' = any(:%s)", true);
        enterpriseProject("t.enterprise_project_id");
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
        where(
                "loadbalancer_id",
                Filter.Type.UUID,
                "t.id in (select u.pool_id from pool_use u where u.load_balancer_id = any(cast(:%s as uuid[])))",
                true);
        together(
                "t.id in (select m.pool_id from member m where m.project_id = :project and %s)",
                addressOf("member_address", "m.address"),
                textOf("member_device_id", "m.server_id"),
                textOf("member_instance_id", "m.server_id"));
    }
}
