package io.evenkeel.identity.project;

import io.evenkeel.platform.paging.PageInfo;
import java.util.List;

/** A project as clients see it. */
record ProjectResponse(String id, String name, String createdAt) {

    /** The body of an answer about one project. */
    record ProjectAnswer(ProjectResponse project, String requestId) {}

    /** The body of a list. */
    record ProjectListAnswer(List<ProjectResponse> projects, PageInfo pageInfo, String requestId) {}
}
