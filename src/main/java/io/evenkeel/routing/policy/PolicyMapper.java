package io.evenkeel.routing.policy;

import io.evenkeel.platform.OutMapping;
import io.evenkeel.routing.policy.PolicyAnswers.Row;
import java.util.List;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface PolicyMapper {

    @Mapping(target = ".", source = "row.spec")
    @Mapping(target = "id", source = "row.id")
    @Mapping(target = "projectId", source = "row.projectId")
    @Mapping(target = "enterpriseProjectId", source = "row.enterpriseProjectId")
    @Mapping(target = "listenerId", source = "row.listenerId")
    @Mapping(target = "createdAt", source = "row.createdAt")
    @Mapping(target = "updatedAt", source = "row.updatedAt")
    @Mapping(target = "priority", source = "row.spec.priority", defaultValue = "1")
    @Mapping(target = "position", constant = "100")
    @Mapping(target = "redirectUrl", ignore = true)
    PolicyResponse toResponse(Row row, String provisioningStatus, List<Object> rules);
}
