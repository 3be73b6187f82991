package io.evenkeel.loadbalancer.rest;

import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.loadbalancer.rest.LoadBalancerAnswers.Row;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves load balancers into availability zones and out of them. What changes nothing advances nothing. */
@Service
public class ZoneChangeService {

    static final String ATTRIBUTE = "availability_zone_list";

    private final EntityManager entities;
    private final LoadBalancers loadBalancers;
    private final LoadBalancerAnswers answers;
    private final LoadBalancerNetwork network;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ZoneChangeService(
            EntityManager entities,
            LoadBalancers loadBalancers,
            LoadBalancerAnswers answers,
            LoadBalancerNetwork network,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.loadBalancers = loadBalancers;
        this.answers = answers;
        this.network = network;
        this.events = events;
        this.clock = clock;
    }

    /** Errors: NOT_FOUND, INVALID_INPUT for an unknown zone. */
    @Transactional
    public LoadBalancerResponse add(String projectId, UUID id, List<String> zones) {
        return change(
                projectId,
                id,
                zones,
                now -> Stream.concat(now.stream(), zones.stream()).distinct().toList());
    }

    /** Errors: NOT_FOUND, INVALID_INPUT for an unknown zone, or when none would be left. */
    @Transactional
    public LoadBalancerResponse remove(String projectId, UUID id, List<String> zones) {
        return change(projectId, id, zones, now -> {
            var left = now.stream().filter(zone -> !zones.contains(zone)).toList();
            if (left.isEmpty()) {
                throw ErrorCode.INVALID_INPUT.with(ATTRIBUTE, "must leave the load balancer at least one zone");
            }
            return left;
        });
    }

    private LoadBalancerResponse change(
            String projectId, UUID id, List<String> zones, UnaryOperator<List<String>> change) {
        var before = answers.require(projectId, id);
        network.checkZones(ATTRIBUTE, zones);
        if (change.apply(before.spec().availabilityZones()).equals(before.spec().availabilityZones())) {
            return answers.of(before);
        }
        long generation = loadBalancers.advance(projectId, id).generation();
        var loadBalancer = entities.find(LoadBalancer.class, id);
        var now = loadBalancer.spec();
        var spec = now.withAvailabilityZones(change.apply(now.availabilityZones()));
        if (!spec.equals(now)) {
            loadBalancer.apply(spec, clock.instant());
            entities.flush();
            events.publishEvent(
                    ResourceWritten.updated(projectId, LoadBalancerService.KIND, id, generation, now, spec));
        }
        return answers.of(new Row(id, projectId, loadBalancer.createdAt(), loadBalancer.updatedAt(), spec));
    }
}
