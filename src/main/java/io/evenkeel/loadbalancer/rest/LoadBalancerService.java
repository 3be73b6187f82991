package io.evenkeel.loadbalancer.rest;

import io.evenkeel.catalog.Flavors;
import io.evenkeel.loadbalancer.LoadBalancerChanged;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.loadbalancer.rest.CreateLoadBalancerRequest.Placement;
import io.evenkeel.loadbalancer.rest.LoadBalancerAnswers.Row;
import io.evenkeel.loadbalancer.rest.LoadBalancerNetwork.Family;
import io.evenkeel.loadbalancer.rest.LoadBalancerSpec.Vip;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageOfIds;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/**
 * Load balancers. Every write is one transaction: addresses of the inventory first, then the load balancer's row.
 * Errors: INVALID_INPUT, NOT_FOUND, MISMATCH (another VPC), CONFLICT (address taken, in use, protected), SUBNET_FULL,
 * QUOTA_EXCEEDED.
 */
@Service
public class LoadBalancerService {

    private static final Logger log = LoggerFactory.getLogger(LoadBalancerService.class);
    static final String KIND = "loadbalancer";
    private static final List<String> L4_PROTOCOLS = List.of("TCP", "UDP", "TLS");
    private static final List<String> L7_PROTOCOLS = List.of("HTTP", "HTTPS", "QUIC");

    private final EntityManager entities;
    private final LoadBalancers loadBalancers;
    private final LoadBalancerAnswers answers;
    private final LoadBalancerNetwork network;
    private final LoadBalancerRemoval removal;
    private final Flavors flavors;
    private final ListQueries queries;
    private final LoadBalancerFilters filters;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;
    private final Clock clock;

    LoadBalancerService(
            EntityManager entities,
            LoadBalancers loadBalancers,
            LoadBalancerAnswers answers,
            LoadBalancerNetwork network,
            LoadBalancerRemoval removal,
            Flavors flavors,
            ListQueries queries,
            LoadBalancerFilters filters,
            ApplicationEventPublisher events,
            Quotas quotas,
            Clock clock) {
        this.entities = entities;
        this.loadBalancers = loadBalancers;
        this.answers = answers;
        this.network = network;
        this.removal = removal;
        this.flavors = flavors;
        this.queries = queries;
        this.filters = filters;
        this.events = events;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** A page of answers. */
    record Page(List<LoadBalancerResponse> answers, PageOfIds ids) {}

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = queries.page(filters, projectId, query);
        return new Page(answers.of(projectId, page.uuids()), page);
    }

    @Transactional(readOnly = true)
    LoadBalancerResponse show(String projectId, UUID id) {
        return answers.of(answers.require(projectId, id));
    }

    @Transactional
    public LoadBalancerResponse create(String projectId, CreateLoadBalancerRequest request) {
        checkProject(projectId, request.projectId());
        network.checkZones("loadbalancer.availability_zone_list", request.availabilityZoneList());
        var id = Ids.next(clock);
        var spec = request.toSpec(place(projectId, id, request), Ids.next(clock));
        checkFlavors(spec);
        network.checkBackendSubnets(projectId, spec.vpcId(), spec.backendSubnetIds());
        quotas.take(projectId, QuotaKey.LOADBALANCER, 1);
        entities.persist(new LoadBalancer(id, projectId, clock.instant(), spec));
        entities.flush();
        events.publishEvent(new LoadBalancerChanged(id, 1));
        events.publishEvent(ResourceWritten.created(projectId, KIND, id, 1L, spec));
        log.atInfo().addKeyValue("loadBalancerId", id).log("Load balancer created");
        return answers.of(answers.require(projectId, id));
    }

    private static void checkProject(String projectId, @Nullable String given) {
        if (given != null && !given.equals(projectId)) {
            throw ErrorCode.INVALID_INPUT.with("loadbalancer.project_id", "must be the project of the path");
        }
    }

    private Placement place(String projectId, UUID id, CreateLoadBalancerRequest request) {
        var vpcId = network.vpcOf(projectId, request);
        boolean asksForNone = request.l4FlavorId() == null && request.l7FlavorId() == null;
        return new Placement(
                vpcId,
                network.claim(projectId, id, vpcId, Family.IPV4, request.vipSubnetCidrId(), request.vipAddress()),
                network.claim(
                        projectId, id, vpcId, Family.IPV6, request.ipv6VipVirsubnetId(), request.ipv6VipAddress()),
                asksForNone ? flavors.defaultL4() : request.l4FlavorId(),
                asksForNone ? flavors.defaultL7() : request.l7FlavorId());
    }

    private void checkFlavors(LoadBalancerSpec spec) {
        if (spec.l4FlavorId() != null && !flavors.isL4(spec.l4FlavorId())) {
            throw ErrorCode.INVALID_INPUT.with(
                    "loadbalancer.l4_flavor_id", "must be a flavor of type L4 or L4_elastic_max");
        }
        if (spec.l7FlavorId() != null && !flavors.isL7(spec.l7FlavorId())) {
            throw ErrorCode.INVALID_INPUT.with(
                    "loadbalancer.l7_flavor_id", "must be a flavor of type L7 or L7_elastic_max");
        }
        var autoscaling = spec.autoscaling();
        if (autoscaling != null && autoscaling.minL7FlavorId() != null && !flavors.isL7(autoscaling.minL7FlavorId())) {
            throw ErrorCode.INVALID_INPUT.with(
                    "loadbalancer.autoscaling.min_l7_flavor_id", "must be a flavor of type L7 or L7_elastic_max");
        }
    }

    @Transactional
    LoadBalancerResponse update(String projectId, UUID id, UpdateLoadBalancerRequest request) {
        var before = answers.require(projectId, id);
        var was = before.spec();
        var vip = network.move(
                projectId, id, was.vpcId(), Family.IPV4, was.vip(), request.vipSubnetCidrId(), request.vipAddress());
        var ipv6Vip = network.move(
                projectId,
                id,
                was.vpcId(),
                Family.IPV6,
                was.ipv6Vip(),
                request.ipv6VipVirsubnetId(),
                request.ipv6VipAddress());
        if (request.applyTo(was, vip, ipv6Vip).equals(was)) {
            return answers.of(before);
        }
        long generation = loadBalancers.advance(projectId, id).generation();
        return answers.of(write(before, generation, request, vip, ipv6Vip));
    }

    /** Under the lock: the load balancer is read again, and merged with what the client wants. */
    private Row write(
            Row before, long generation, UpdateLoadBalancerRequest request, @Nullable Vip vip, @Nullable Vip ipv6Vip) {
        var loadBalancer = entities.find(LoadBalancer.class, before.id());
        var now = loadBalancer.spec();
        if (!Objects.equals(now.vip(), before.spec().vip())
                || !Objects.equals(now.ipv6Vip(), before.spec().ipv6Vip())) {
            throw ErrorCode.CONFLICT.with(
                    "The VIP of load balancer %s was changed at this moment".formatted(before.id()));
        }
        var spec = request.applyTo(now, vip, ipv6Vip);
        checkChange(before.projectId(), before.id(), now, spec);
        loadBalancer.apply(spec, clock.instant());
        entities.flush();
        if (!spec.equals(now)) {
            events.publishEvent(ResourceWritten.updated(before.projectId(), KIND, before.id(), generation, now, spec));
        }
        if (!Objects.equals(now.vip(), vip)) {
            network.release(before.projectId(), now.vpcId(), now.vip(), before.id());
        }
        if (!Objects.equals(now.ipv6Vip(), ipv6Vip)) {
            network.release(before.projectId(), now.vpcId(), now.ipv6Vip(), before.id());
        }
        return new Row(
                before.id(),
                before.projectId(),
                loadBalancer.createdAt(),
                loadBalancer.updatedAt(),
                loadBalancer.spec());
    }

    private void checkChange(String projectId, UUID id, LoadBalancerSpec now, LoadBalancerSpec spec) {
        checkFlavors(spec);
        if (spec.l4FlavorId() == null) {
            refuseWithout("L4", answers.listenerOn(id, L4_PROTOCOLS));
        }
        if (spec.l7FlavorId() == null) {
            refuseWithout("L7", answers.listenerOn(id, L7_PROTOCOLS));
        }
        network.checkBackendSubnets(projectId, spec.vpcId(), spec.backendSubnetIds());
        var dropped = new ArrayList<>(now.backendSubnetIds());
        dropped.removeAll(spec.backendSubnetIds());
        answers.memberIn(id, dropped).ifPresent(member -> {
            throw ErrorCode.CONFLICT.with(member + " is using a subnet that elb_virsubnet_ids no longer holds");
        });
    }

    private static void refuseWithout(String layer, Optional<String> listener) {
        listener.ifPresent(user -> {
            throw ErrorCode.CONFLICT.with("%s is using the %s flavor".formatted(user, layer));
        });
    }

    @Transactional
    void delete(String projectId, UUID id) {
        loadBalancers.advance(projectId, id);
        LoadBalancerRemoval.refuseProtected(
                id, entities.find(LoadBalancer.class, id).spec());
        answers.userOf(id).ifPresent(user -> {
            throw ErrorCode.CONFLICT.with(user + " is using this load balancer");
        });
        removal.delete(projectId, id);
    }
}
