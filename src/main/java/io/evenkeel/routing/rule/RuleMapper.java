package io.evenkeel.routing.rule;

import io.evenkeel.platform.OutMapping;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

/** Makes answers of rules. */
@Mapper(config = OutMapping.class)
public interface RuleMapper {

    @Mapping(target = ".", source = "row.spec")
    @Mapping(target = "id", source = "row.id")
    @Mapping(target = "projectId", source = "row.projectId")
    @Mapping(target = "createdAt", source = "row.createdAt")
    @Mapping(target = "updatedAt", source = "row.updatedAt")
    @Mapping(target = "key", ignore = true)
    RuleResponse toResponse(RuleRow row, String provisioningStatus);
}
