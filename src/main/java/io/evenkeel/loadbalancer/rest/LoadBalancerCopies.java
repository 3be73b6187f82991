package io.evenkeel.loadbalancer.rest;

import io.evenkeel.catalog.Flavors;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancerChanged;
import io.evenkeel.loadbalancer.LoadBalancerCopying;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.loadbalancer.rest.LoadBalancerNetwork.Family;
import io.evenkeel.loadbalancer.rest.LoadBalancerSpec.Vip;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Copies a load balancer's own configuration. */
@Component
class LoadBalancerCopies implements LoadBalancerCopying {

    private static final int MAX_NAME = 255;

    private final EntityManager entities;
    private final LoadBalancers loadBalancers;
    private final LoadBalancerAnswers answers;
    private final LoadBalancerNetwork network;
    private final Flavors flavors;
    private final Quotas quotas;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LoadBalancerCopies(
            EntityManager entities,
            LoadBalancers loadBalancers,
            LoadBalancerAnswers answers,
            LoadBalancerNetwork network,
            Flavors flavors,
            Quotas quotas,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.loadBalancers = loadBalancers;
        this.answers = answers;
        this.network = network;
        this.flavors = flavors;
        this.quotas = quotas;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public AdvancedLoadBalancer copy(String projectId, UUID sourceId, Wanted wanted) {
        var source = answers.require(projectId, sourceId).spec();
        check(projectId, source, wanted);
        var id = Ids.next(clock);
        var spec = source.elsewhere(
                wanted.name() == null ? suffixed(source.name(), wanted.suffix()) : wanted.name(),
                vip(projectId, id, source, Family.IPV4, source.vip(), wanted.vipSubnetId(), wanted.vipAddress()),
                vip(
                        projectId,
                        id,
                        source,
                        Family.IPV6,
                        source.ipv6Vip(),
                        wanted.ipv6VipSubnetId(),
                        wanted.ipv6VipAddress()),
                Objects.requireNonNullElse(wanted.zones(), source.availabilityZones()),
                wanted.l4FlavorId() == null ? source.l4FlavorId() : wanted.l4FlavorId(),
                wanted.l7FlavorId() == null ? source.l7FlavorId() : wanted.l7FlavorId(),
                Objects.requireNonNullElse(wanted.backendSubnetIds(), source.backendSubnetIds()));
        quotas.take(projectId, QuotaKey.LOADBALANCER, 1);
        entities.persist(new LoadBalancer(id, projectId, clock.instant(), spec));
        entities.flush();
        events.publishEvent(new LoadBalancerChanged(id, 1));
        events.publishEvent(ResourceWritten.created(projectId, LoadBalancerService.KIND, id, 1L, spec));
        return loadBalancers.require(projectId, id);
    }

    private static String suffixed(String name, String suffix) {
        return name.substring(0, Math.min(name.length(), MAX_NAME - suffix.length())) + suffix;
    }

    private void check(String projectId, LoadBalancerSpec source, Wanted wanted) {
        if (wanted.zones() != null) {
            network.checkZones(wanted.path() + "availability_zone_list", wanted.zones());
        }
        if (wanted.backendSubnetIds() != null) {
            network.checkBackendSubnets(projectId, source.vpcId(), wanted.backendSubnetIds());
        }
        if (wanted.l4FlavorId() != null && !flavors.isL4(wanted.l4FlavorId())) {
            throw ErrorCode.INVALID_INPUT.with(
                    wanted.path() + "l4_flavor_id", "must be a flavor of type L4 or L4_elastic_max");
        }
        if (wanted.l7FlavorId() != null && !flavors.isL7(wanted.l7FlavorId())) {
            throw ErrorCode.INVALID_INPUT.with(
                    wanted.path() + "l7_flavor_id", "must be a flavor of type L7 or L7_elastic_max");
        }
    }

    /** An address in the subnet that is wanted, or in the source's. */
    private @Nullable Vip vip(
            String projectId,
            UUID id,
            LoadBalancerSpec source,
            Family family,
            @Nullable Vip vip,
            @Nullable String subnetId,
            @Nullable String address) {
        var sourceSubnet = vip == null ? null : vip.subnetId();
        return network.claim(
                projectId, id, source.vpcId(), family, subnetId == null ? sourceSubnet : subnetId, address);
    }
}
