package io.evenkeel.certificate.rest;

import io.evenkeel.certificate.rest.CertificateAnswers.Row;
import io.evenkeel.identity.Secret;
import io.evenkeel.platform.OutMapping;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface CertificateMapper {

    @Mapping(target = ".", source = "row.spec")
    @Mapping(target = ".", source = "row.leaf")
    @Mapping(target = "id", source = "row.id")
    @Mapping(target = "projectId", source = "row.projectId")
    @Mapping(target = "createdAt", source = "row.createdAt")
    @Mapping(target = "updatedAt", source = "row.updatedAt")
    @Mapping(target = "protectionStatus", source = "row.spec.protection.status")
    @Mapping(target = "protectionReason", source = "row.spec.protection.reason")
    @Mapping(target = "privateKey", source = "echoedKey.value")
    CertificateResponse toResponse(Row row, @Nullable Secret echoedKey);

    default String onWire(CertificateType type) {
        return type.onWire();
    }
}
