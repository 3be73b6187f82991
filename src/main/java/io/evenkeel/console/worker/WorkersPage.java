package io.evenkeel.console.worker;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.page.ConsolePage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

@Controller
class WorkersPage extends ConsolePage {

    private static final Duration SILENT = Duration.ofSeconds(10);

    private static final String SQL = """
            select w.id, coalesce(w.availability_zone, '') as zone, w.started_at, w.heartbeat_at,
                   (select count(*) from worker_rejection r where r.worker_id = w.id) as rejections
            from worker w order by w.id
            """;

    private final ConsoleApi api;
    private final JdbcClient jdbc;
    private final Clock clock;

    WorkersPage(ConsoleApi api, JdbcClient jdbc, Clock clock) {
        this.api = api;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param heard how long ago it was heard of, in seconds */
    record Worker(String id, String zone, String startedAt, long heard, boolean isSilent, int rejections) {}

    @GetMapping("/console/projects/{project_id}/workers")
    ModelAndView list(@PathVariable("project_id") String projectId) {
        // Refuses whoever may not read this project; workers themselves belong to the installation.
        api.get(Target.of("/v3/{}/elb/loadbalancers", projectId).with("limit", "1"));
        var now = clock.instant();
        var workers = jdbc.sql(SQL).query((row, n) -> worker(row, now)).list();
        return page("workers", projectId, "workers", "Workers", List.of()).addObject("workers", workers);
    }

    private static Worker worker(ResultSet row, Instant now) throws SQLException {
        var silence = Duration.between(
                row.getObject("heartbeat_at", OffsetDateTime.class).toInstant(), now);
        return new Worker(
                Objects.requireNonNull(row.getString("id")),
                Objects.requireNonNull(row.getString("zone")),
                row.getObject("started_at", OffsetDateTime.class)
                        .toInstant()
                        .toString()
                        .replace('T', ' ')
                        .replaceFirst("(\\.\\d+)?Z$", " UTC"),
                Math.max(0, silence.toSeconds()),
                silence.compareTo(SILENT) > 0,
                row.getInt("rejections"));
    }
}
