package io.evenkeel.pool.answer;

import io.evenkeel.platform.OutMapping;
import io.evenkeel.pool.spec.PoolSpec;
import io.evenkeel.status.ObservedStatus;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface PoolMapper {

    @Mapping(target = "lbAlgorithm", source = "spec.algorithm")
    @Mapping(target = "vpcId", source = "spec.vpcId", defaultValue = "")
    @Mapping(target = "protectionStatus", source = "spec.protection.status")
    @Mapping(target = "protectionReason", source = "spec.protection.reason")
    @Mapping(target = "publicBorderGroup", constant = "center")
    PoolResponse toResponse(PoolRow row, PoolSpec spec, PoolRefs refs, ObservedStatus evenkeel);
}
