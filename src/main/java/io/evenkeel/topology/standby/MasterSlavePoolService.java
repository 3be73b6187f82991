package io.evenkeel.topology.standby;

import io.evenkeel.healthmonitor.HealthMonitors;
import io.evenkeel.member.Members;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.pool.PoolCreation;
import io.evenkeel.pool.Pools;
import io.evenkeel.topology.deletion.DeletionService;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/** Makes pools of a master and a standby whole, and deletes them whole. Each method is a transaction. */
@Service
class MasterSlavePoolService {

    private final PoolCreation creation;
    private final Pools pools;
    private final Members members;
    private final HealthMonitors monitors;
    private final DeletionService deletion;
    private final MasterSlavePoolReads reads;
    private final ListQueries lists;
    private final MasterSlavePoolFilters filters;

    MasterSlavePoolService(
            PoolCreation creation,
            Pools pools,
            Members members,
            HealthMonitors monitors,
            DeletionService deletion,
            MasterSlavePoolReads reads,
            ListQueries lists,
            MasterSlavePoolFilters filters) {
        this.creation = creation;
        this.pools = pools;
        this.members = members;
        this.monitors = monitors;
        this.deletion = deletion;
        this.reads = reads;
        this.lists = lists;
        this.filters = filters;
    }

    record Page(List<MasterSlavePoolResponse> pools, PageInfo info) {}

    /** Errors: as creating a pool, its members and its monitor have. */
    @Transactional
    MasterSlavePoolResponse create(String projectId, CreateMasterSlavePoolRequest request) {
        var spec = request.toSpec(projectId);
        var id = creation.createMasterSlave(projectId, spec, request.listenerId(), request.loadbalancerId());
        members.joinPair(projectId, id, request.pair());
        monitors.create(projectId, request.monitorOf(id));
        return show(projectId, id);
    }

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        return new Page(reads.read(projectId, page.uuids()), page.info());
    }

    /** Errors: NOT_FOUND, also for a pool of another kind. */
    @Transactional(readOnly = true)
    MasterSlavePoolResponse show(String projectId, UUID id) {
        return reads.read(projectId, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("pool", id));
    }

    /** With both members and the monitor. Errors: NOT_FOUND, also for a pool of another kind; CONFLICT. */
    @Transactional
    void delete(String projectId, UUID id) {
        if (!pools.require(projectId, id).isMasterSlave()) {
            throw ErrorCode.NOT_FOUND.with("pool", id);
        }
        deletion.deletePool(projectId, id);
    }
}
