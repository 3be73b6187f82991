package io.evenkeel.listener.rest;

import io.evenkeel.listener.Listeners;
import io.evenkeel.listener.settings.Protocol;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Serves those who write what belongs to a listener; logs what goes. */
@Component
class KnownListeners implements Listeners {

    private static final Logger log = LoggerFactory.getLogger(KnownListeners.class);

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final ListenerPools pools;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;

    KnownListeners(
            EntityManager entities,
            JdbcClient jdbc,
            ListenerPools pools,
            ApplicationEventPublisher events,
            Quotas quotas) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.pools = pools;
        this.events = events;
        this.quotas = quotas;
    }

    @Override
    public Known require(String projectId, UUID id) {
        return jdbc.sql("""
                        select load_balancer_id, protocol, protocol_port, http2_enable, enhance_l7policy_enable,
                               enterprise_project_id
                        from listener where id = :id and project_id = :project
                        """)
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> new Known(
                        id,
                        row.getObject("load_balancer_id", UUID.class),
                        row.getString("protocol"),
                        row.getInt("protocol_port"),
                        row.getBoolean("http2_enable"),
                        row.getBoolean("enhance_l7policy_enable"),
                        row.getString("enterprise_project_id")))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("listener", id));
    }

    @Override
    public void takePool(String projectId, AdvancedLoadBalancer loadBalancer, Known listener, UUID poolId) {
        pools.take(projectId, loadBalancer, Protocol.valueOf(listener.protocol()), listener.hasHttp2(), poolId);
    }

    @Override
    public void delete(String projectId, AdvancedLoadBalancer loadBalancer, Collection<UUID> ids) {
        var listeners = entities.createQuery(
                        "select l from Listener l where l.id in :ids order by l.id", Listener.class)
                .setParameter("ids", ids)
                .getResultList();
        listeners.forEach(entities::remove);
        quotas.giveBack(projectId, QuotaKey.LISTENER, listeners.size());
        entities.flush();
        for (var listener : listeners) {
            events.publishEvent(ResourceWritten.deleted(
                    projectId,
                    ListenerService.KIND,
                    listener.id(),
                    loadBalancer.generation(),
                    new ListenerService.Written(loadBalancer.id(), listener.spec())));
            log.atInfo()
                    .addKeyValue("loadBalancerId", loadBalancer.id())
                    .addKeyValue("listenerId", listener.id())
                    .addKeyValue("generation", loadBalancer.generation())
                    .log("Listener deleted");
        }
    }
}
