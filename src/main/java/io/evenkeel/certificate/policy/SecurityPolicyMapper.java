package io.evenkeel.certificate.policy;

import io.evenkeel.certificate.policy.SecurityPolicyReader.Row;
import io.evenkeel.certificate.policy.SecurityPolicyResponse.ListenerRef;
import io.evenkeel.platform.OutMapping;
import java.util.List;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface SecurityPolicyMapper {

    @Mapping(target = ".", source = "row.spec")
    @Mapping(target = "id", source = "row.id")
    @Mapping(target = "projectId", source = "row.projectId")
    @Mapping(target = "createdAt", source = "row.createdAt")
    @Mapping(target = "updatedAt", source = "row.updatedAt")
    SecurityPolicyResponse toResponse(Row row, List<ListenerRef> listeners);
}
