package io.evenkeel.identity.project;

import io.evenkeel.platform.OutMapping;
import org.mapstruct.Mapper;

@Mapper(config = OutMapping.class)
interface ProjectMapper {

    ProjectResponse toResponse(Project project);
}
