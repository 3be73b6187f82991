package io.evenkeel.accesscontrol;

import io.evenkeel.accesscontrol.IpGroupResponse.ListenerRef;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/**
 * Writes IP groups and answers with them. Each method is a transaction; each write locks the group first, against other
 * writers and against listeners that are about to take it. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT (in use), QUOTA_EXCEEDED.
 */
@Service
class IpGroupService {

    private static final String KIND = "ipgroup";

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final IpGroupAnswers answers;
    private final ListQueries lists;
    private final IpGroupFilters filters;
    private final Quotas quotas;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    IpGroupService(
            EntityManager entities,
            JdbcClient jdbc,
            IpGroupAnswers answers,
            ListQueries lists,
            IpGroupFilters filters,
            Quotas quotas,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.answers = answers;
        this.lists = lists;
        this.filters = filters;
        this.quotas = quotas;
        this.events = events;
        this.clock = clock;
    }

    record Page(List<IpGroupResponse> ipGroups, PageInfo info) {}

    @Transactional
    IpGroupResponse create(String projectId, IpGroupRequests.CreateIpGroup request) {
        var spec = request.toSpec(projectId);
        var id = Ids.next(clock);
        quotas.within(projectId, QuotaKey.IPGROUP_MAX_LENGTH, spec.entries().size());
        quotas.take(projectId, QuotaKey.IPGROUP, 1);
        entities.persist(new IpGroup(id, projectId, clock.instant(), spec));
        entities.flush();
        events.publishEvent(ResourceWritten.created(projectId, KIND, id, null, spec));
        return answers.of(answers.require(projectId, id));
    }

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, IpGroupFilters.spelledOut(query));
        return new Page(answers.of(projectId, page.uuids()), page.info());
    }

    @Transactional(readOnly = true)
    IpGroupResponse show(String projectId, UUID id) {
        return answers.of(answers.require(projectId, id));
    }

    @Transactional(readOnly = true)
    List<ListenerRef> relatedListeners(String projectId, UUID id) {
        return answers.listeners(answers.require(projectId, id).id());
    }

    @Transactional
    IpGroupResponse update(String projectId, UUID id, IpGroupRequests.UpdateIpGroup request) {
        return change(projectId, id, request::applyTo);
    }

    @Transactional
    IpGroupResponse upsert(String projectId, UUID id, IpGroupRequests.UpdateIpList request) {
        return change(projectId, id, request::applyTo);
    }

    @Transactional
    IpGroupResponse remove(String projectId, UUID id, IpGroupRequests.DeleteIpList request) {
        return change(projectId, id, request::applyTo);
    }

    /** What changes nothing writes nothing; what changes no address advances nothing. */
    private IpGroupResponse change(String projectId, UUID id, UnaryOperator<IpGroupSpec> wanted) {
        var before = answers.require(projectId, id);
        if (wanted.apply(before.spec()).equals(before.spec())) {
            return answers.of(before);
        }
        var group = locked(projectId, id);
        var now = group.spec();
        var spec = wanted.apply(now);
        if (!spec.equals(now)) {
            if (spec.entries().size() > now.entries().size()) {
                quotas.within(
                        projectId, QuotaKey.IPGROUP_MAX_LENGTH, spec.entries().size());
            }
            if (!spec.ranges().equals(now.ranges())) {
                events.publishEvent(new IpGroupChanged(projectId, id));
            }
            group.apply(spec, clock.instant());
            entities.flush();
            events.publishEvent(ResourceWritten.updated(projectId, KIND, id, null, now, spec));
        }
        return answers.of(answers.require(projectId, id));
    }

    @Transactional
    void delete(String projectId, UUID id) {
        var group = locked(projectId, id);
        answers.listeners(id).stream().findFirst().ifPresent(listener -> {
            throw ErrorCode.CONFLICT.with("listener %s is using this ipgroup".formatted(listener.id()));
        });
        entities.remove(group);
        entities.flush();
        quotas.giveBack(projectId, QuotaKey.IPGROUP, 1);
        events.publishEvent(ResourceWritten.deleted(projectId, KIND, id, null, group.spec()));
    }

    /** For update, as anything weaker would let a listener take the group meanwhile; loaded afresh under the lock. */
    private IpGroup locked(String projectId, UUID id) {
        boolean isKnown = jdbc.sql("select 1 from ip_group where id = :id and project_id = :project for update")
                .param("id", id)
                .param("project", projectId)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!isKnown) {
            throw ErrorCode.NOT_FOUND.with(KIND, id);
        }
        return entities.find(IpGroup.class, id);
    }
}
