package io.evenkeel.healthmonitor;

import io.evenkeel.platform.Ids;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What acts that span features do with health monitors, in the transaction of the write that wants it. */
@Component
public class HealthMonitors {

    private final EntityManager entities;
    private final HealthMonitorService service;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;
    private final Clock clock;

    HealthMonitors(
            EntityManager entities,
            HealthMonitorService service,
            ApplicationEventPublisher events,
            Quotas quotas,
            Clock clock) {
        this.entities = entities;
        this.service = service;
        this.events = events;
        this.quotas = quotas;
        this.clock = clock;
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

    /** Gives a new pool a health monitor like that of another one, if that has one. */
    public void copy(String projectId, UUID from, AdvancedPool to) {
        entities.createQuery("select m.spec from HealthMonitor m where m.poolId = :pool", HealthMonitorSpec.class)
                .setParameter("pool", from)
                .getResultList()
                .forEach(spec -> {
                    var id = Ids.next(clock);
                    quotas.take(projectId, QuotaKey.HEALTHMONITOR, 1);
                    entities.persist(new HealthMonitor(id, projectId, to.id(), clock.instant(), spec));
                    entities.flush();
                    events.publishEvent(ResourceWritten.created(
                            projectId,
                            HealthMonitorService.KIND,
                            id,
                            to.generation(),
                            new HealthMonitorService.Written(to.id(), spec)));
                });
    }

    /** Creates one, in the caller's transaction. Errors: as CreateHealthMonitor has. */
    public void create(String projectId, CreateHealthMonitorRequest request) {
        service.create(projectId, request);
    }
}
