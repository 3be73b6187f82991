package io.evenkeel.listener;

import io.evenkeel.listener.Listener.Home;
import io.evenkeel.listener.tls.ListenerCertificates;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives a new load balancer listeners like those of another one, in the transaction of the write that wants it. */
@Component
public class ListenerCopies {

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final ListenerIpGroups ipGroups;
    private final ListenerCertificates certificates;
    private final Quotas quotas;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ListenerCopies(
            EntityManager entities,
            JdbcClient jdbc,
            ListenerIpGroups ipGroups,
            ListenerCertificates certificates,
            Quotas quotas,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.ipGroups = ipGroups;
        this.certificates = certificates;
        this.quotas = quotas;
        this.events = events;
        this.clock = clock;
    }

    /** Holds what the listeners of a load balancer refer to and that comes before every lock of load balancers. */
    public void hold(String projectId, UUID loadBalancerId) {
        of(loadBalancerId).forEach(listener -> {
            ipGroups.hold(projectId, null, listener.spec());
            certificates.hold(projectId, listener.spec().tls());
        });
    }

    /**
     * Gives a new load balancer listeners like those of another one, which the caller has locked.
     *
     * @param pools the pool that shall stand behind the copy instead of each that stands behind the original
     * @return the copies by the originals' ids
     */
    public Map<UUID, UUID> copyAll(String projectId, UUID from, AdvancedLoadBalancer to, Map<UUID, UUID> pools) {
        var copies = new LinkedHashMap<UUID, UUID>();
        var home = new Home(projectId, to.id(), to.vpcId(), to.enterpriseProjectId());
        for (var original : of(from)) {
            ListenerRules.checkFlavor(to, original.spec().protocol());
            var behind = original.spec().defaultPoolId();
            var spec = original.spec().withDefaultPool(behind == null ? null : pools.get(behind));
            var copy = new Listener(Ids.next(clock), home, clock.instant(), spec);
            entities.persist(copy);
            copies.put(original.id(), copy.id());
            events.publishEvent(ResourceWritten.created(
                    projectId,
                    ListenerService.KIND,
                    copy.id(),
                    to.generation(),
                    new ListenerService.Written(to.id(), spec)));
        }
        quotas.take(projectId, QuotaKey.LISTENER, copies.size());
        entities.flush();
        quotas.within(projectId, QuotaKey.LISTENERS_PER_LOADBALANCER, copies.size());
        checkPools(projectId, pools.values());
        of(to.id()).forEach(copy -> {
            ipGroups.hold(projectId, copy.id(), copy.spec());
            certificates.write(copy.id(), copy.spec().tls());
        });
        return copies;
    }

    private void checkPools(String projectId, Collection<UUID> used) {
        jdbc.sql("""
                        select coalesce(max(n), 0) from (select count(*) as n from listener
                                                         where default_pool_id = any(:pools) group by default_pool_id) c""")
                .param("pools", used.toArray(UUID[]::new))
                .query(Integer.class)
                .optional()
                .ifPresent(listeners -> quotas.within(projectId, QuotaKey.LISTENERS_PER_POOL, listeners));
    }

    /** A listener as it was read, not managed. */
    private record Original(UUID id, ListenerSpec spec) {}

    private List<Original> of(UUID loadBalancerId) {
        return entities.createQuery(
                        "select l.id, l.spec from Listener l where l.loadBalancerId = :id order by l.id",
                        Original.class)
                .setParameter("id", loadBalancerId)
                .getResultList();
    }
}
