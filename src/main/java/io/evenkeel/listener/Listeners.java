package io.evenkeel.listener;

import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What acts that span features do with listeners, in the transaction of the write that wants it. */
@Component
public class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final EntityManager entities;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;

    Listeners(EntityManager entities, ApplicationEventPublisher events, Quotas quotas) {
        this.entities = entities;
        this.events = events;
        this.quotas = quotas;
    }

    /**
     * Deletes listeners of one load balancer, which the caller has advanced, together with the pools behind them;
     * policies of theirs are gone already. What is not there is passed over.
     */
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
