package io.evenkeel.pool.rest;

import io.evenkeel.inventory.Vpcs;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds where a new pool belongs: at a listener, at a load balancer, in a VPC, or nowhere yet. */
@Component
class PoolHomes {

    private final JdbcClient jdbc;
    private final LoadBalancers loadBalancers;
    private final Vpcs vpcs;

    PoolHomes(JdbcClient jdbc, LoadBalancers loadBalancers, Vpcs vpcs) {
        this.jdbc = jdbc;
        this.loadBalancers = loadBalancers;
        this.vpcs = vpcs;
    }

    private record Listener(UUID id, UUID loadBalancerId) {}

    /** What a client says of where its pool belongs. */
    record Wanted(
            @Nullable String listenerId,
            @Nullable String loadbalancerId,
            @Nullable String vpcId,
            @Nullable String type) {

        boolean isHomeless() {
            return listenerId == null && loadbalancerId == null && (type == null || type.isEmpty());
        }
    }

    /**
     * Locks the load balancer of the listener, if one is named. Errors: NOT_FOUND naming what is unknown, MISMATCH for
     * things that are not in one place, INVALID_INPUT when nothing says what the pool is for.
     */
    PoolHome find(String projectId, Wanted request) {
        if (request.isHomeless()) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool", "at least one of listener_id, loadbalancer_id and type must be given");
        }
        var listener = request.listenerId() == null ? null : listener(projectId, request.listenerId());
        var loadBalancerId = request.loadbalancerId() == null ? null : idOf("loadbalancer", request.loadbalancerId());
        var loadBalancer = loadBalancer(projectId, listener, loadBalancerId);
        return new PoolHome(
                listener == null ? null : listener.id(),
                loadBalancerId,
                vpc(projectId, request.vpcId(), loadBalancer),
                loadBalancer != null && loadBalancer.isDualStack());
    }

    private @Nullable AdvancedLoadBalancer loadBalancer(
            String projectId, @Nullable Listener listener, @Nullable UUID loadBalancerId) {
        if (listener == null) {
            return loadBalancerId == null ? null : loadBalancers.require(projectId, loadBalancerId);
        }
        if (loadBalancerId != null && !loadBalancerId.equals(listener.loadBalancerId())) {
            loadBalancers.require(projectId, loadBalancerId);
            throw ErrorCode.MISMATCH.with("Listener %s belongs to loadbalancer %s, not to loadbalancer %s"
                    .formatted(listener.id(), listener.loadBalancerId(), loadBalancerId));
        }
        // Before the pool refers to it: who deletes it at this moment must not wait for us while we wait for them.
        return loadBalancers.advance(projectId, listener.loadBalancerId());
    }

    private @Nullable String vpc(
            String projectId, @Nullable String asked, @Nullable AdvancedLoadBalancer loadBalancer) {
        if (asked == null || asked.isEmpty()) {
            return loadBalancer == null ? null : loadBalancer.vpcId();
        }
        vpcs.require(projectId, asked);
        if (loadBalancer != null && !loadBalancer.vpcId().equals(asked)) {
            throw ErrorCode.MISMATCH.with("Vpc %s of the pool and vpc %s of loadbalancer %s mismatch"
                    .formatted(asked, loadBalancer.vpcId(), loadBalancer.id()));
        }
        return asked;
    }

    private Listener listener(String projectId, String text) {
        var id = idOf("listener", text);
        return jdbc.sql("select load_balancer_id from listener where id = :id and project_id = :project")
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> new Listener(id, row.getObject("load_balancer_id", UUID.class)))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("listener", text));
    }

    private static UUID idOf(String kind, String text) {
        return Ids.parse(text).orElseThrow(() -> ErrorCode.NOT_FOUND.with(kind, text));
    }
}
