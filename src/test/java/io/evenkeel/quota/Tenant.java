package io.evenkeel.quota;

import io.evenkeel.identity.Role;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.identity.token.TokenService;
import io.evenkeel.testing.Api;
import java.time.Duration;
import java.util.UUID;

/** Projects of a test's own, whose quotas nobody else touches. */
record Tenant(ProjectService projects, TokenService tokens) {

    /** The instance as an administrator of a new project calls it. */
    Api create(Api api) {
        var id = "quota-" + UUID.randomUUID();
        projects.ensure(id, id);
        return as(api, id, Role.ADMIN);
    }

    Api as(Api api, String projectId, Role role) {
        return api.as(
                projectId,
                tokens.issue(projectId, role, "quota test", Duration.ofHours(1))
                        .text()
                        .value());
    }
}
