package io.evenkeel.healthmonitor;

import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What acts that span features do with health monitors, in the transaction of the write that wants it. */
@Component
public class HealthMonitors {

    private final EntityManager entities;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;

    HealthMonitors(EntityManager entities, ApplicationEventPublisher events, Quotas quotas) {
        this.entities = entities;
        this.events = events;
        this.quotas = quotas;
    }

    /** Deletes the health monitor of a pool that the caller has advanced, if it has one. */
    public void deleteOf(String projectId, AdvancedPool pool) {
        entities.createQuery("select m from HealthMonitor m where m.poolId = :pool", HealthMonitor.class)
                .setParameter("pool", pool.id())
                .getResultList()
                .forEach(monitor -> {
                    entities.remove(monitor);
                    quotas.giveBack(projectId, QuotaKey.HEALTHMONITOR, 1);
                    entities.flush();
                    events.publishEvent(ResourceWritten.deleted(
                            projectId,
                            HealthMonitorService.KIND,
                            monitor.id(),
                            pool.generation(),
                            new HealthMonitorService.Written(pool.id(), monitor.spec())));
                });
    }
}
