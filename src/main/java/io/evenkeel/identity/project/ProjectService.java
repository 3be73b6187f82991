package io.evenkeel.identity.project;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Owns the table {@code project}. */
@Service
public class ProjectService {

    private static final String KIND = "project";

    /** What stands in paths where a project id could stand as well. */
    private static final Set<String> RESERVED = Set.of("api-docs", "availability-zones");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ProjectService(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Whether an id may be that of a project. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches() && !RESERVED.contains(text);
    }

    public boolean exists(String projectId) {
        return jdbc.sql("select exists (select 1 from project where id = :id)")
                .param("id", projectId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Error: {@link ErrorCode#NOT_FOUND}. */
    public void mustExist(String projectId) {
        if (!exists(projectId)) {
            throw ErrorCode.NOT_FOUND.with(KIND, projectId);
        }
    }

    /** Whether this installation has no project yet. */
    public boolean isInstallationEmpty() {
        return jdbc.sql("select not exists (select 1 from project)")
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** The project of the first administrator: the oldest with an admin access key, or else the oldest. */
    public Optional<String> firstAdminProject() {
        return jdbc.sql("""
                        select p.id from project p
                        order by exists (
                            select 1 from access_key k where k.project_id = p.id and k.role = 'ADMIN') desc,
                            p.created_at, p.id
                        limit 1""").query((row, n) -> row.getString(1)).optional();
    }

    /** Creates the project unless it is there. */
    @Transactional
    public void ensure(String projectId, String name) {
        jdbc.sql("insert into project (id, name, created_at) values (:id, :name, :now) on conflict do nothing")
                .param("id", projectId)
                .param("name", name)
                .param("now", OffsetDateTime.now(clock))
                .update();
    }

    /**
     * Errors: {@link ErrorCode#INVALID_INPUT} for a reserved id, {@link ErrorCode#CONFLICT} for a known one.
     */
    @Transactional
    Project create(String projectId, String name) {
        if (!isId(projectId)) {
            throw ErrorCode.INVALID_INPUT.with("project.id", "is reserved");
        }
        var project = new Project(projectId, name, clock.instant());
        int added = jdbc.sql(
                        "insert into project (id, name, created_at) values (:id, :name, :now) on conflict do nothing")
                .param("id", projectId)
                .param("name", name)
                .param("now", OffsetDateTime.ofInstant(project.createdAt(), clock.getZone()))
                .update();
        if (added == 0) {
            throw ErrorCode.CONFLICT.with("project " + projectId + " exists already");
        }
        events.publishEvent(ResourceWritten.created(projectId, KIND, projectId, null, project));
        return project;
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    Project require(String projectId) {
        return list(List.of(projectId)).stream()
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, projectId));
    }

    /** Those of the ids that are known, sorted by id. */
    List<Project> list(List<String> projectIds) {
        return jdbc.sql("select id, name, created_at from project where id = any(:ids) order by id")
                .param("ids", projectIds.toArray(String[]::new))
                .query((row, n) -> new Project(
                        row.getString("id"),
                        row.getString("name"),
                        instant(row.getObject("created_at", OffsetDateTime.class))))
                .list();
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }

    /**
     * Errors: {@link ErrorCode#NOT_FOUND}; {@link ErrorCode#CONFLICT} while anything belongs to the project, by its
     * foreign keys.
     */
    @Transactional
    void delete(String projectId) {
        var project = require(projectId);
        int gone = jdbc.sql("delete from project where id = :id")
                .param("id", projectId)
                .update();
        if (gone == 0) {
            throw ErrorCode.NOT_FOUND.with(KIND, projectId);
        }
        events.publishEvent(ResourceWritten.deleted(projectId, KIND, projectId, null, project));
    }
}
