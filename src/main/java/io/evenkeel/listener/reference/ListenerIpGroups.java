package io.evenkeel.listener.reference;

import io.evenkeel.accesscontrol.IpGroupChanged;
import io.evenkeel.accesscontrol.IpGroups;
import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The IP groups that listeners let in or keep out, always in the transaction of the write that is concerned. */
@Component
public class ListenerIpGroups {

    private final IpGroups ipGroups;
    private final LoadBalancers loadBalancers;
    private final Quotas quotas;
    private final JdbcClient jdbc;

    ListenerIpGroups(IpGroups ipGroups, LoadBalancers loadBalancers, Quotas quotas, JdbcClient jdbc) {
        this.ipGroups = ipGroups;
        this.loadBalancers = loadBalancers;
        this.quotas = quotas;
        this.jdbc = jdbc;
    }

    /**
     * Holds the group that the listener wants, if any; comes before every advance. Errors: NOT_FOUND, QUOTA_EXCEEDED.
     *
     * @param listenerId null for one that is being made
     */
    public void hold(String projectId, @Nullable UUID listenerId, ListenerSpec listener) {
        var wanted = listener.ipGroup();
        if (wanted != null) {
            ipGroups.hold(projectId, wanted.ipgroupId());
            quotas.within(projectId, QuotaKey.IPGROUPS_PER_LISTENER, 1);
            quotas.within(projectId, QuotaKey.IPGROUP_BINDINGS, 1 + othersWith(wanted.ipgroupId(), listenerId));
        }
    }

    private int othersWith(UUID ipGroupId, @Nullable UUID listenerId) {
        return jdbc.sql(
                        "select count(*) from listener where ipgroup_id = :group and id is distinct from cast(:self as uuid)")
                .param("group", ipGroupId)
                .param("self", listenerId)
                .query(Integer.class)
                .single();
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
