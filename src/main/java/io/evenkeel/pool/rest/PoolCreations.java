package io.evenkeel.pool.rest;

import io.evenkeel.pool.PoolCreation;
import io.evenkeel.pool.spec.PoolSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class PoolCreations implements PoolCreation {

    private final PoolHomes homes;
    private final PoolService service;

    PoolCreations(PoolHomes homes, PoolService service) {
        this.homes = homes;
        this.service = service;
    }

    @Override
    public UUID createMasterSlave(
            String projectId, PoolSpec spec, @Nullable String listenerId, @Nullable String loadBalancerId) {
        var home = homes.find(projectId, new PoolHomes.Wanted(listenerId, loadBalancerId, spec.vpcId(), spec.type()));
        return service.insert(projectId, home, spec, true);
    }
}
