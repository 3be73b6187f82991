package io.evenkeel.listener.rest;

import io.evenkeel.listener.rest.ListenerAnswers.Row;
import io.evenkeel.listener.rest.ListenerResponse.Ref;
import io.evenkeel.platform.OutMapping;
import io.evenkeel.status.ObservedStatus;
import java.util.List;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface ListenerMapper {

    default ListenerResponse toResponse(Row row, ObservedStatus evenkeel) {
        return toResponse(row, List.of(new Ref(row.loadBalancerId())), evenkeel);
    }

    @Mapping(target = ".", source = "row.spec")
    @Mapping(target = "id", source = "row.id")
    @Mapping(target = "projectId", source = "row.projectId")
    @Mapping(target = "enterpriseProjectId", source = "row.enterpriseProjectId")
    @Mapping(target = "createdAt", source = "row.createdAt")
    @Mapping(target = "updatedAt", source = "row.updatedAt")
    @Mapping(target = "connectionLimit", constant = "-1")
    @Mapping(target = "protectionStatus", source = "row.spec.protection.status")
    @Mapping(target = "protectionReason", source = "row.spec.protection.reason")
    ListenerResponse toResponse(Row row, List<Ref> loadbalancers, ObservedStatus evenkeel);
}
