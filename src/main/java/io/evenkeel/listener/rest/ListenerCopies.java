package io.evenkeel.listener.rest;

import io.evenkeel.listener.ListenerCopying;
import io.evenkeel.listener.reference.ListenerCertificates;
import io.evenkeel.listener.reference.ListenerIpGroups;
import io.evenkeel.listener.rest.Listener.Home;
import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Copies listeners with what they refer to. */
@Component
class ListenerCopies implements ListenerCopying {

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final ListenerIpGroups ipGroups;
    private final ListenerCertificates certificates;
    private final ListenerAnswers answers;
    private final ListenerRules rules;
    private final Quotas quotas;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ListenerCopies(
            EntityManager entities,
            JdbcClient jdbc,
            ListenerIpGroups ipGroups,
            ListenerCertificates certificates,
            ListenerAnswers answers,
            ListenerRules rules,
            Quotas quotas,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.ipGroups = ipGroups;
        this.certificates = certificates;
        this.answers = answers;
        this.rules = rules;
        this.quotas = quotas;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void hold(String projectId, UUID loadBalancerId) {
        of(loadBalancerId).forEach(listener -> {
            ipGroups.hold(projectId, null, listener.spec());
            certificates.hold(projectId, listener.spec().tls());
        });
    }

    @Override
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
            tell(projectId, to, copy.id(), spec);
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

    @Override
    public Known holdOne(String projectId, UUID listenerId) {
        var original = answers.require(projectId, listenerId);
        ipGroups.hold(projectId, null, original.spec());
        certificates.hold(projectId, original.spec().tls());
        var poolIds = jdbc.sql("select distinct pool_id from pool_use where listener_id = :id order by 1")
                .param("id", listenerId)
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .list();
        return new Known(original.loadBalancerId(), original.spec().defaultPoolId(), poolIds);
    }

    @Override
    public UUID copy(
            String projectId, UUID listenerId, AdvancedLoadBalancer to, Wanted wanted, @Nullable AdvancedPool pool) {
        var original = answers.require(projectId, listenerId).spec();
        var spec = original.copied(
                wanted.name() == null ? original.name() + "-copy" : wanted.name(),
                wanted.port(),
                wanted.portRanges(),
                pool == null ? null : pool.id());
        ListenerRules.checkFlavor(to, spec.protocol());
        rules.checkPorts(to.id(), spec);
        if (pool != null) {
            ListenerRules.checkPool(spec.protocol(), spec.http2Enable(), pool, to.id());
        }
        var home = new Home(projectId, to.id(), to.vpcId(), to.enterpriseProjectId());
        var copy = new Listener(Ids.next(clock), home, clock.instant(), spec);
        entities.persist(copy);
        quotas.take(projectId, QuotaKey.LISTENER, 1);
        entities.flush();
        quotas.within(
                projectId, QuotaKey.LISTENERS_PER_LOADBALANCER, of(to.id()).size());
        checkPools(projectId, pool == null ? List.of() : List.of(pool.id()));
        ipGroups.hold(projectId, copy.id(), spec);
        certificates.write(copy.id(), spec.tls());
        tell(projectId, to, copy.id(), spec);
        return copy.id();
    }

    private void tell(String projectId, AdvancedLoadBalancer to, UUID id, ListenerSpec spec) {
        ListenerRules.warn(id, spec);
        events.publishEvent(ResourceWritten.created(
                projectId, ListenerService.KIND, id, to.generation(), new ListenerService.Written(to.id(), spec)));
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
