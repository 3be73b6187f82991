package io.evenkeel.packaging.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The variables that the chart's containers are given: each has to be read by somebody. */
final class ChartEnvironment {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Of the Java launcher, and read before there are properties. */
    private static final Set<String> READ_OTHERWISE = Set.of("JDK_JAVA_OPTIONS", "EVENKEEL_ROLES");

    private final Set<String> variables = new HashSet<>(READ_OTHERWISE);
    private final Set<String> maps = new HashSet<>();

    ChartEnvironment() {
        properties().forEach(property -> {
            var variable = variable(property.path("name").asString());
            variables.add(variable);
            if (property.path("type").asString("").startsWith("java.util.Map")) {
                maps.add(variable + "_");
            }
        });
    }

    /** Of the service, of Spring Boot and of all else on the class path. */
    private static Stream<JsonNode> properties() {
        try {
            var found = ChartEnvironment.class.getClassLoader().getResources(METADATA);
            return Collections.list(found).stream().flatMap(ChartEnvironment::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> read(URL url) {
        try (var in = url.openStream()) {
            return JSON.readTree(in).path("properties").valueStream().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Spring Boot reads it: dots are underscores, hyphens are left out. */
    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    List<String> problems(Manifest manifest) {
        return manifest.pod().stream()
                .flatMap(Manifest::containers)
                .flatMap(container -> container.path("env").valueStream())
                .map(entry -> entry.path("name").asString())
                .filter(name -> !variables.contains(name) && maps.stream().noneMatch(name::startsWith))
                .map(name -> manifest + " sets a variable that nobody reads: " + name)
                .toList();
    }
}
