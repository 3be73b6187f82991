package io.evenkeel.certificate.policy;

import io.evenkeel.certificate.OfferedCiphers;
import io.evenkeel.certificate.SecurityPolicyChanged;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.platform.write.Warnings;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/**
 * Custom security policies. A write locks the policy first, before any load balancer. Errors: INVALID_INPUT, NOT_FOUND,
 * CONFLICT (in use), QUOTA_EXCEEDED.
 */
@Service
class SecurityPolicyService {

    private static final String KIND = "security_policy";

    private final EntityManager entities;
    private final SecurityPolicyReader reader;
    private final ListQueries queries;
    private final SecurityPolicyFilters filters;
    private final Quotas quotas;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SecurityPolicyService(
            EntityManager entities,
            SecurityPolicyReader reader,
            ListQueries queries,
            SecurityPolicyFilters filters,
            Quotas quotas,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.reader = reader;
        this.queries = queries;
        this.filters = filters;
        this.quotas = quotas;
        this.events = events;
        this.clock = clock;
    }

    /** A page of answers. */
    record Page(List<SecurityPolicyResponse> policies, PageInfo info) {}

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = queries.page(filters, projectId, query);
        return new Page(reader.list(projectId, page.uuids()), page.info());
    }

    @Transactional(readOnly = true)
    SecurityPolicyResponse show(String projectId, UUID id) {
        return reader.show(projectId, id);
    }

    @Transactional
    SecurityPolicyResponse create(String projectId, CreateSecurityPolicyRequest request) {
        var spec = request.toSpec();
        var id = Ids.next(clock);
        var enterprise = Objects.requireNonNullElse(request.enterpriseProjectId(), "0");
        quotas.take(projectId, QuotaKey.SECURITY_POLICY, 1);
        entities.persist(new SecurityPolicy(id, projectId, enterprise, clock.instant(), spec));
        entities.flush();
        events.publishEvent(ResourceWritten.created(projectId, KIND, id, null, spec));
        warn(id, spec);
        return reader.show(projectId, id);
    }

    @Transactional
    SecurityPolicyResponse update(String projectId, UUID id, UpdateSecurityPolicyRequest request) {
        var before = reader.require(projectId, id).spec();
        if (!request.applyTo(before).equals(before)) {
            reader.lock(projectId, id);
            var now = reader.require(projectId, id).spec();
            var spec = request.applyTo(now);
            if (!spec.protocols().equals(now.protocols()) || !spec.ciphers().equals(now.ciphers())) {
                events.publishEvent(new SecurityPolicyChanged(projectId, id, spec.protocols()));
            }
            Objects.requireNonNull(entities.find(SecurityPolicy.class, id)).apply(spec, clock.instant());
            entities.flush();
            events.publishEvent(ResourceWritten.updated(projectId, KIND, id, null, now, spec));
            warn(id, spec);
        }
        return reader.show(projectId, id);
    }

    private static void warn(UUID id, SecurityPolicySpec spec) {
        for (var difference : OfferedCiphers.differences(spec.protocols(), spec.ciphers())) {
            Warnings.add("NOT_IN_EFFECT", "Of security policy %s, %s".formatted(id, difference));
        }
    }

    @Transactional
    void delete(String projectId, UUID id) {
        reader.lock(projectId, id);
        var users = reader.listeners(List.of(id)).getOrDefault(id, List.of());
        if (!users.isEmpty()) {
            throw ErrorCode.CONFLICT.with("listener %s is using this security policy"
                    .formatted(users.getFirst().id()));
        }
        var spec = reader.require(projectId, id).spec();
        entities.remove(entities.getReference(SecurityPolicy.class, id));
        entities.flush();
        quotas.giveBack(projectId, QuotaKey.SECURITY_POLICY, 1);
        events.publishEvent(ResourceWritten.deleted(projectId, KIND, id, null, spec));
    }
}
