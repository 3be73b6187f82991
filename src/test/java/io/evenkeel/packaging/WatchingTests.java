package io.evenkeel.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The alert rules and the dashboard are whole, and ask for metrics that exist. */
class WatchingTests {

    private static final Path RUNBOOK = Path.of("docs", "alerts.md");
    private static final Path ALERT_TESTS = Path.of("packaging", "prometheus", "evenkeel-alerts-test.yaml");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (Evenkeel\\w+)$");
    private static final int GRID = 24;

    @Test
    void asksForMetricsThatAreDocumented() {
        assertThat(Watching.metrics())
                .hasSizeGreaterThan(30)
                .contains("evenkeel_requests_total", "http_server_requests_seconds_count", "up");
        assertThat(Watching.undocumented(Watching.metrics())).isEmpty();
    }

    @Test
    void aMetricWithATypingErrorIsFound() {
        var mistyped = PromQl.metrics("sum by (pool_id) (rate(evenkeel_reqeusts_total{code=\"5xx\"}[5m])) > 0");

        assertThat(mistyped).containsExactly("evenkeel_reqeusts_total");
        assertThat(Watching.undocumented(mistyped)).containsExactly("evenkeel_reqeusts_total");
        assertThat(Watching.undocumented(Set.of("evenkeel_response_duration_seconds_bucket")))
                .isEmpty();
    }

    @Test
    void readsTheMetricsOfAnExpression() {
        assertThat(
                        PromQl.metrics(
                                "histogram_quantile(0.99, sum by (le) (rate(a_bucket{x=~\"b|c\"}[$__rate_interval])))"
                                        + " > 1e3 and on (instance) topk(3, d:e) unless absent(up == 1) or label_values(f{g=\"h\"}, i)"))
                .containsExactly("a_bucket", "d:e", "f", "up");
    }

    @Test
    void everyAlertSaysWhatToDo() {
        var names = Watching.alerts().stream()
                .map(alert -> alert.path("alert").asString())
                .toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(15);

        assertThat(Watching.alerts()).allSatisfy(alert -> {
            var name = alert.path("alert").asString();
            assertThat(alert.path("for").asString()).matches("[0-9]+[mh]");
            assertThat(alert.at("/labels/severity").asString()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asString()).isNotBlank();
            assertThat(alert.at("/annotations/description").asString()).endsWith(".");
            assertThat(alert.at("/annotations/runbook_url").asString())
                    .isEqualTo("docs/alerts.md#" + name.toLowerCase(Locale.ROOT));
        });
        var explained = HEADING.matcher(Watching.read(RUNBOOK)).results().map(match -> match.group(1));
        assertThat(explained).containsExactlyElementsOf(names);
    }

    @Test
    void theDashboardIsWhole() {
        var panels = Watching.panels();

        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels.stream()
                        .filter(panel -> !panel.path("type").asString().equals("row")))
                .allSatisfy(panel -> {
                    assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
                    assertThat(panel.path("title").asString()).isNotBlank();
                    assertThat(panel.path("targets").size()).isPositive();
                });
        assertThat(overlaps(panels)).isEmpty();
        assertThat(Watching.dashboard().path("templating").toString()).contains("\"listener\"", "\"pool\"");
    }

    private static List<String> overlaps(List<JsonNode> panels) {
        var seen = new HashSet<String>();
        return panels.stream()
                .map(panel -> panel.path("gridPos"))
                .flatMap(WatchingTests::cells)
                .filter(cell -> !seen.add(cell) || cell.startsWith(GRID + ","))
                .toList();
    }

    private static Stream<String> cells(JsonNode at) {
        int x = at.path("x").asInt();
        int y = at.path("y").asInt();
        return IntStream.range(x, x + at.path("w").asInt())
                .boxed()
                .flatMap(column -> IntStream.range(y, y + at.path("h").asInt()).mapToObj(row -> column + "," + row));
    }

    @Test
    void promtoolTakesTheRulesAndSeesThemFire() {
        var promtool = promtool();

        assertThat(promtool.run("check", "rules", Watching.ALERTS.toString())).satisfies(Program.SUCCEEDED);
        assertThat(promtool.run("test", "rules", ALERT_TESTS.toString())).satisfies(Program.SUCCEEDED);
    }

    @Test
    void promtoolRefusesARuleThatIsWrong(@TempDir Path directory) throws Exception {
        var promtool = promtool();
        var rules = Watching.read(Watching.ALERTS);
        var wrong = Files.writeString(directory.resolve("wrong.yaml"), rules.replaceFirst("== 0", "=== 0"));

        assertThat(promtool.run("check", "rules", wrong.toString()).status()).isNotZero();
    }

    @Test
    void promtoolSeesAnAlertThatDoesNotFire(@TempDir Path directory) throws Exception {
        var promtool = promtool();
        Files.writeString(
                directory.resolve("evenkeel-alerts.yaml"),
                Watching.read(Watching.ALERTS).replace("status=\"online\"}) == 0", "status=\"online\"}) > 99"));
        var tests = Files.copy(ALERT_TESTS, directory.resolve("test.yaml"));

        assertThat(promtool.run("test", "rules", tests.toString()).status()).isNotZero();
    }

    /** Debian has it in the package prometheus. */
    private static Program promtool() {
        var found = Program.find("promtool");
        assumeTrue(found.isPresent(), "promtool is not installed");
        return found.orElseThrow();
    }
}
