package io.evenkeel.loadbalancer.logtank;

import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/**
 * Ties load balancers to log streams, each to one. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT for a load balancer that
 * has one.
 */
@Service
class LogtankService {

    private final LoadBalancers loadBalancers;
    private final Logtanks logtanks;
    private final ListQueries lists;
    private final LogtankFilters filters;
    private final Clock clock;

    LogtankService(
            LoadBalancers loadBalancers, Logtanks logtanks, ListQueries lists, LogtankFilters filters, Clock clock) {
        this.loadBalancers = loadBalancers;
        this.logtanks = logtanks;
        this.lists = lists;
        this.filters = filters;
        this.clock = clock;
    }

    record Page(List<Logtank> logtanks, PageInfo info) {}

    @Transactional
    Logtank create(String projectId, LogtankRequests.CreateLogtank request) {
        var logtank = request.toLogtank(Ids.next(clock), projectId);
        loadBalancers.advance(projectId, logtank.loadbalancerId());
        logtanks.of(logtank.loadbalancerId()).ifPresent(other -> {
            throw ErrorCode.CONFLICT.with(
                    "Loadbalancer %s already has logtank %s".formatted(other.loadbalancerId(), other.id()));
        });
        logtanks.insert(logtank);
        return logtank;
    }

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        return new Page(logtanks.all(projectId, page.uuids()), page.info());
    }

    @Transactional(readOnly = true)
    Logtank show(String projectId, UUID id) {
        return logtanks.require(projectId, id);
    }

    @Transactional
    Logtank update(String projectId, UUID id, LogtankRequests.UpdateLogtank request) {
        var before = logtanks.require(projectId, id);
        if (request.applyTo(before).equals(before)) {
            return before;
        }
        loadBalancers.advance(projectId, before.loadbalancerId());
        var now = logtanks.require(projectId, id);
        var after = request.applyTo(now);
        if (!after.equals(now)) {
            logtanks.update(now, after);
        }
        return after;
    }

    @Transactional
    void delete(String projectId, UUID id) {
        loadBalancers.advance(projectId, logtanks.require(projectId, id).loadbalancerId());
        logtanks.delete(projectId, logtanks.require(projectId, id));
    }
}
