package io.evenkeel.healthmonitor;

import io.evenkeel.healthmonitor.HealthMonitorResponse.PoolRef;
import io.evenkeel.platform.OutMapping;
import java.util.List;
import java.util.UUID;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface HealthMonitorMapper {

    default HealthMonitorResponse toResponse(HealthMonitorRow row) {
        return toResponse(row, row.spec());
    }

    @Mapping(target = "pools", source = "row.poolId")
    HealthMonitorResponse toResponse(HealthMonitorRow row, HealthMonitorSpec spec);

    default List<PoolRef> pools(UUID poolId) {
        return List.of(new PoolRef(poolId));
    }
}
