package io.evenkeel.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the alert rules as they are committed, and what they ask Prometheus for. */
final class Watching {

    static final Path ALERTS = Path.of("packaging", "prometheus", "evenkeel-alerts.yaml");
    static final Path DASHBOARD = Path.of("packaging", "grafana", "evenkeel-dashboard.json");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern DOCUMENTED = Pattern.compile("`(evenkeel_\\w+)`");
    private static final Pattern PART_OF_HISTOGRAM = Pattern.compile("_(bucket|sum|count)$");

    private Watching() {}

    static List<JsonNode> alerts() {
        JsonNode rules = JSON.valueToTree(new Yaml().load(read(ALERTS)));
        return rules.path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    static JsonNode dashboard() {
        return JSON.readTree(read(DASHBOARD));
    }

    static List<JsonNode> panels() {
        return dashboard().path("panels").valueStream().toList();
    }

    /** Every expression, of alerts, panels and variables. */
    static Stream<String> expressions() {
        var ofAlerts = alerts().stream().map(alert -> alert.path("expr"));
        var ofPanels = panels().stream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr"));
        var ofVariables = dashboard()
                .at("/templating/list")
                .valueStream()
                .map(variable -> variable.at("/query/query"))
                .filter(JsonNode::isString);
        return Stream.of(ofAlerts, ofPanels, ofVariables).flatMap(all -> all).map(JsonNode::asString);
    }

    static Set<String> metrics() {
        var names = new TreeSet<String>();
        expressions().forEach(expression -> names.addAll(PromQl.metrics(expression)));
        return names;
    }

    /** Of these, those of ours that docs/metrics.md does not name. */
    static List<String> undocumented(Set<String> metrics) {
        var documented = new TreeSet<String>();
        DOCUMENTED
                .matcher(read(Path.of("docs", "metrics.md")))
                .results()
                .forEach(match -> documented.add(match.group(1)));
        return metrics.stream()
                .filter(name -> name.startsWith("evenkeel_"))
                .filter(name -> !documented.contains(name)
                        && !documented.contains(PART_OF_HISTOGRAM.matcher(name).replaceFirst("")))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
