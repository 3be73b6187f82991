package io.evenkeel.identity.project;

import io.evenkeel.identity.project.ProjectResponse.ProjectAnswer;
import io.evenkeel.identity.project.ProjectResponse.ProjectListAnswer;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/identity/v1/projects")
@Tag(name = "Identity")
class ProjectController {

    private final ProjectService projects;
    private final ProjectMapper mapper;
    private final ProjectFilters filters;
    private final ListQueries lists;

    ProjectController(ProjectService projects, ProjectMapper mapper, ProjectFilters filters, ListQueries lists) {
        this.projects = projects;
        this.mapper = mapper;
        this.filters = filters;
        this.lists = lists;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateProject", summary = "Create a project")
    ProjectAnswer create(@RequestBody @Valid CreateProjectRequest.Envelope body) {
        var wanted = body.project();
        var id = wanted.id() == null ? UUID.randomUUID().toString().replace("-", "") : wanted.id();
        return answer(projects.create(id, wanted.name()));
    }

    @GetMapping
    @Operation(operationId = "ListProjects", summary = "List projects")
    ProjectListAnswer list(@RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(filters, "", query);
        var found = projects.list(page.ids()).stream().map(mapper::toResponse).toList();
        return new ProjectListAnswer(found, page.info(), RequestId.current());
    }

    @GetMapping("/{project_id}")
    @Operation(operationId = "ShowProject", summary = "Show a project")
    ProjectAnswer show(@PathVariable("project_id") String projectId) {
        return answer(projects.require(projectId));
    }

    @DeleteMapping("/{project_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteProject", summary = "Delete a project that nothing belongs to")
    void delete(@PathVariable("project_id") String projectId) {
        projects.delete(projectId);
    }

    private ProjectAnswer answer(Project project) {
        return new ProjectAnswer(mapper.toResponse(project), RequestId.current());
    }
}
