package io.evenkeel.loadbalancer.rest;

import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancerDeletion;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.loadbalancer.logtank.Logtanks;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes load balancers away: alone, or with all that belongs to them. */
@Component
class LoadBalancerRemoval implements LoadBalancerDeletion {

    private static final Logger log = LoggerFactory.getLogger(LoadBalancerRemoval.class);

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final LoadBalancers loadBalancers;
    private final LoadBalancerNetwork network;
    private final Logtanks logtanks;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;

    LoadBalancerRemoval(
            EntityManager entities,
            JdbcClient jdbc,
            LoadBalancers loadBalancers,
            LoadBalancerNetwork network,
            Logtanks logtanks,
            ApplicationEventPublisher events,
            Quotas quotas) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.loadBalancers = loadBalancers;
        this.network = network;
        this.logtanks = logtanks;
        this.events = events;
        this.quotas = quotas;
    }

    @Override
    public List<AdvancedLoadBalancer> lock(String projectId, Collection<UUID> ids) {
        // Stronger than an advance alone: a pool that is being made for one of them waits, and then finds it gone.
        jdbc.sql("select id from load_balancer where project_id = :project and id = any(:ids) order by id for update")
                .param("project", projectId)
                .param("ids", ids.toArray(UUID[]::new))
                .query(UUID.class)
                .list();
        var locked = loadBalancers.advanceAll(projectId, ids);
        for (var loadBalancer : locked) {
            refuseProtected(
                    loadBalancer.id(),
                    entities.find(LoadBalancer.class, loadBalancer.id()).spec());
        }
        return locked;
    }

    static void refuseProtected(UUID id, LoadBalancerSpec spec) {
        if (spec.deletionProtectionEnable()) {
            throw ErrorCode.CONFLICT.with("Load balancer %s has deletion_protection_enable on".formatted(id));
        }
    }

    @Override
    public void delete(String projectId, UUID id) {
        var loadBalancer = entities.find(LoadBalancer.class, id);
        var spec = loadBalancer.spec();
        long generation = loadBalancer.generation();
        logtanks.deleteOf(projectId, id);
        entities.remove(loadBalancer);
        quotas.giveBack(projectId, QuotaKey.LOADBALANCER, 1);
        entities.flush();
        network.release(projectId, spec.vpcId(), spec.vip(), id);
        network.release(projectId, spec.vpcId(), spec.ipv6Vip(), id);
        events.publishEvent(ResourceWritten.deleted(projectId, LoadBalancerService.KIND, id, generation, spec));
        log.atInfo()
                .addKeyValue("loadBalancerId", id)
                .addKeyValue("generation", generation)
                .log("Load balancer deleted");
    }
}
