package io.evenkeel.identity.token;

import io.evenkeel.identity.Role;
import io.evenkeel.platform.OutMapping;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface TokenMapper {

    @Mapping(target = "token", source = "text")
    TokenResponse toResponse(Token token, @Nullable String text);

    default TokenResponse toResponse(Token token) {
        return toResponse(token, null);
    }

    default String role(Role role) {
        return role.onWire();
    }
}
