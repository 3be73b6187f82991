package io.evenkeel.listener;

import io.evenkeel.accesscontrol.IpGroupChanged;
import io.evenkeel.accesscontrol.IpGroups;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.write.Warnings;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The IP groups that listeners let in or keep out, always in the transaction of the write that is concerned. */
@Component
class ListenerIpGroups {

    private final IpGroups ipGroups;
    private final LoadBalancers loadBalancers;
    private final JdbcClient jdbc;

    ListenerIpGroups(IpGroups ipGroups, LoadBalancers loadBalancers, JdbcClient jdbc) {
        this.ipGroups = ipGroups;
        this.loadBalancers = loadBalancers;
        this.jdbc = jdbc;
    }

    /** Holds the group that the listener wants, if any; comes before every advance. Errors: NOT_FOUND. */
    void hold(String projectId, ListenerSpec listener) {
        var wanted = listener.ipGroup();
        if (wanted != null) {
            ipGroups.hold(projectId, wanted.ipgroupId());
            Warnings.add(
                    "NOT_IN_EFFECT",
                    "'ipgroup' of the listener is kept, but the worker does not enforce IP groups yet: everybody may connect");
        }
    }

    /** The group is locked, so no other listener takes it meanwhile. */
    @EventListener
    void follow(IpGroupChanged change) {
        var users = jdbc.sql(
                        "select distinct load_balancer_id from listener where ipgroup_id = :group and project_id = :project")
                .param("group", change.ipGroupId())
                .param("project", change.projectId())
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .list();
        loadBalancers.advanceAll(change.projectId(), users);
    }
}
