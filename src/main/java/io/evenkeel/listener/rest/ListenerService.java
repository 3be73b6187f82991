package io.evenkeel.listener.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.evenkeel.listener.Listeners;
import io.evenkeel.listener.reference.ListenerCertificates;
import io.evenkeel.listener.reference.ListenerIpGroups;
import io.evenkeel.listener.rest.Listener.Home;
import io.evenkeel.listener.rest.ListenerAnswers.Row;
import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.listener.settings.Protocol;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageOfIds;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/**
 * Listeners. Every write is one transaction that holds the IP group it names, advances the load balancer, then the
 * pools concerned by id.
 * Errors: INVALID_INPUT, NOT_FOUND, MISMATCH (a pool that does not fit, a flavor that is missing), CONFLICT (a port in
 * use, a pool attached), QUOTA_EXCEEDED.
 */
@Service
class ListenerService {

    static final String KIND = "listener";

    private static final Logger log = LoggerFactory.getLogger(ListenerService.class);

    private final EntityManager entities;
    private final LoadBalancers loadBalancers;
    private final ListenerPools pools;
    private final ListenerIpGroups ipGroups;
    private final ListenerCertificates certificates;
    private final Listeners listeners;
    private final ListenerRules rules;
    private final ListenerAnswers answers;
    private final ListQueries queries;
    private final ListenerFilters filters;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;
    private final Clock clock;

    ListenerService(
            EntityManager entities,
            LoadBalancers loadBalancers,
            ListenerPools pools,
            ListenerIpGroups ipGroups,
            ListenerCertificates certificates,
            Listeners listeners,
            ListenerRules rules,
            ListenerAnswers answers,
            ListQueries queries,
            ListenerFilters filters,
            ApplicationEventPublisher events,
            Quotas quotas,
            Clock clock) {
        this.entities = entities;
        this.loadBalancers = loadBalancers;
        this.pools = pools;
        this.ipGroups = ipGroups;
        this.certificates = certificates;
        this.listeners = listeners;
        this.rules = rules;
        this.answers = answers;
        this.queries = queries;
        this.filters = filters;
        this.events = events;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** A page of answers. */
    record Page(List<ListenerResponse> answers, PageOfIds ids) {}

    /** What is told of a listener that was written. */
    record Written(UUID loadbalancerId, @JsonUnwrapped ListenerSpec spec) {}

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = queries.page(filters, projectId, query);
        return new Page(answers.of(projectId, page.uuids()), page);
    }

    @Transactional(readOnly = true)
    ListenerResponse show(String projectId, UUID id) {
        return answers.of(answers.require(projectId, id));
    }

    @Transactional
    ListenerResponse create(String projectId, CreateListenerRequest request) {
        if (request.projectId() != null && !request.projectId().equals(projectId)) {
            throw ErrorCode.INVALID_INPUT.with("listener.project_id", "must be the project of the path");
        }
        var spec = request.toSpec();
        if (spec.protocol() == Protocol.QUIC) {
            throw ErrorCode.INVALID_INPUT.with("listener.protocol", "QUIC is not supported by this installation");
        }
        ipGroups.hold(projectId, null, spec);
        certificates.hold(projectId, spec.tls());
        var loadBalancer = loadBalancers.advance(projectId, UUID.fromString(request.loadbalancerId()));
        ListenerRules.checkFlavor(loadBalancer, spec.protocol());
        rules.checkQuicListener(projectId, spec);
        rules.checkPorts(loadBalancer.id(), spec);
        quotas.within(projectId, QuotaKey.LISTENERS_PER_LOADBALANCER, rules.listenersOf(loadBalancer.id()) + 1);
        pools.change(projectId, loadBalancer, null, spec);
        var home = new Home(projectId, loadBalancer.id(), loadBalancer.vpcId(), loadBalancer.enterpriseProjectId());
        var listener = new Listener(Ids.next(clock), home, clock.instant(), spec);
        quotas.take(projectId, QuotaKey.LISTENER, 1);
        entities.persist(listener);
        entities.flush();
        ListenerRules.warn(listener.id(), spec);
        certificates.write(listener.id(), spec.tls());
        events.publishEvent(ResourceWritten.created(
                projectId, KIND, listener.id(), loadBalancer.generation(), new Written(loadBalancer.id(), spec)));
        log.atInfo()
                .addKeyValue("loadBalancerId", loadBalancer.id())
                .addKeyValue("listenerId", listener.id())
                .addKeyValue("generation", loadBalancer.generation())
                .log("Listener created");
        return answers.of(Row.of(listener));
    }

    @Transactional
    ListenerResponse update(String projectId, UUID id, UpdateListenerRequest request) {
        var before = answers.require(projectId, id);
        var wanted = request.applyTo(before.spec());
        if (wanted.equals(before.spec())) {
            return answers.of(before);
        }
        if (request.ipgroup().isPresent()) {
            ipGroups.hold(projectId, id, wanted);
        }
        if (!wanted.tls().equals(before.spec().tls())) {
            certificates.hold(projectId, wanted.tls());
        }
        var loadBalancer = loadBalancers.advance(projectId, before.loadBalancerId());
        var listener = locked(id);
        var now = listener.spec();
        var spec = request.applyTo(now);
        if (!Objects.equals(now.quicConfig(), spec.quicConfig())) {
            rules.checkQuicListener(projectId, spec);
        }
        boolean isTlsConcerned = !spec.tls().equals(now.tls());
        if (isTlsConcerned && !now.tls().equals(before.spec().tls())) {
            throw ErrorCode.CONFLICT.with("The certificates of listener %s changed at this moment".formatted(id));
        }
        boolean isPoolConcerned =
                !Objects.equals(now.defaultPoolId(), spec.defaultPoolId()) || now.http2Enable() != spec.http2Enable();
        if (isPoolConcerned) {
            pools.change(projectId, loadBalancer, now.defaultPoolId(), spec);
            rules.checkPolicyPools(id, spec.http2Enable());
        }
        listener.apply(spec, clock.instant());
        entities.flush();
        if (isTlsConcerned) {
            certificates.write(id, spec.tls());
        }
        if (!spec.equals(now)) {
            ListenerRules.warn(id, spec);
            events.publishEvent(ResourceWritten.updated(
                    projectId,
                    KIND,
                    id,
                    loadBalancer.generation(),
                    new Written(loadBalancer.id(), now),
                    new Written(loadBalancer.id(), spec)));
        }
        if (spec.enhanceL7policyEnable() && !now.enhanceL7policyEnable()) {
            events.publishEvent(new Listeners.PrioritiesEnabled(id));
        }
        return answers.of(Row.of(listener));
    }

    /** The listener under its load balancer's lock. */
    private Listener locked(UUID id) {
        @Nullable Listener listener = entities.find(Listener.class, id);
        if (listener == null) {
            throw ErrorCode.NOT_FOUND.with("listener", id);
        }
        return listener;
    }

    @Transactional
    void delete(String projectId, UUID id) {
        var loadBalancerId = answers.require(projectId, id).loadBalancerId();
        var loadBalancer = loadBalancers.advance(projectId, loadBalancerId);
        var listener = locked(id);
        var pool = listener.spec().defaultPoolId();
        if (pool != null) {
            throw ErrorCode.CONFLICT.with("pool %s is using this listener".formatted(pool));
        }
        rules.checkNoPolicyUses(id);
        listeners.delete(projectId, loadBalancer, List.of(id));
    }
}
