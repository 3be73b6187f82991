package io.evenkeel.member.rest;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters that both member lists have (wire contract, filters.md §3). */
abstract class MemberFilters extends ListOperation {

    private MemberFilters(String operationId) {
        super(operationId, "member t", "t.id");
        text("name", "t.name");
        integer("weight", "t.weight");
        // Computed: a member's server always exists.
        where("admin_state_up", Filter.Type.BOOLEAN, "true = any(cast(:%s as boolean[]))", false);
        text("subnet_cidr_id", "t.subnet_id");
        address("address", "t.address");
        integer("protocol_port", "t.protocol_port");
        uuid("id", "t.id");
        where(
                "operating_status",
                Filter.Type.TEXT,
                "exists (select 1 from member_status s where s.member_id = t.id and s.operating_status = any(:%s))",
                true);
        enterpriseProject("(select p.enterprise_project_id from pool p where p.id = t.pool_id)");
        text(
                "availability_zone",
                "(select s.availability_zone from server s where s.project_id = t.project_id and s.id = t.server_id)");
        text("ip_version", "(case family(t.address) when 4 then 'v4' else 'v6' end)");
    }

    @Component
    static class OfPool extends MemberFilters {
        OfPool() {
            super("ListMembers");
            text("member_type", "(case when t.subnet_id is null then 'ip' else 'instance' end)");
            text("instance_id", "t.server_id");
        }
    }

    @Component
    static class OfProject extends MemberFilters {
        OfProject() {
            super("ListAllMembers");
            uuid("pool_id", "t.pool_id");
            where(
                    "loadbalancer_id",
                    Filter.Type.UUID,
                    "exists (select 1 from backend_path b where b.member_id = t.id"
                            + " and b.load_balancer_id = any(cast(:%s as uuid[])))",
                    true);
        }
    }
}
