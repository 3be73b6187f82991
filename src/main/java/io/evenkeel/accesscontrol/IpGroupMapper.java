package io.evenkeel.accesscontrol;

import io.evenkeel.accesscontrol.IpGroupAnswers.Row;
import io.evenkeel.accesscontrol.IpGroupResponse.ListenerRef;
import io.evenkeel.platform.OutMapping;
import java.util.List;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface IpGroupMapper {

    @Mapping(target = ".", source = "row.spec")
    @Mapping(target = "ipList", source = "row.spec.entries")
    @Mapping(target = "id", source = "row.id")
    @Mapping(target = "projectId", source = "row.projectId")
    @Mapping(target = "createdAt", source = "row.createdAt")
    @Mapping(target = "updatedAt", source = "row.updatedAt")
    IpGroupResponse toResponse(Row row, List<ListenerRef> listeners);
}
