package io.evenkeel.identity.accesskey;

import io.evenkeel.identity.Role;
import io.evenkeel.platform.OutMapping;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;

@Mapper(config = OutMapping.class)
interface AccessKeyMapper {

    AccessKeyResponse toResponse(AccessKey key, @Nullable String secretKey);

    default AccessKeyResponse toResponse(AccessKey key) {
        return toResponse(key, null);
    }

    default String role(Role role) {
        return role.onWire();
    }
}
