package io.evenkeel.packaging.chart;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One Kubernetes object, as a tree. */
record Manifest(JsonNode tree) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet");

    /** The documents of a YAML file that are not empty. A key that stands twice is refused. */
    static List<Manifest> readAll(String yaml) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return StreamSupport.stream(new Yaml(options).loadAll(yaml).spliterator(), false)
                .filter(Objects::nonNull)
                .map(document -> new Manifest(JSON.valueToTree(document)))
                .toList();
    }

    String apiVersion() {
        return text("/apiVersion");
    }

    String kind() {
        return text("/kind");
    }

    String name() {
        return text("/metadata/name");
    }

    /** The text at a JSON pointer, empty where there is none. */
    String text(String pointer) {
        return tree.at(pointer).asString("");
    }

    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    Stream<JsonNode> each(String pointer) {
        return tree.at(pointer).valueStream();
    }

    boolean isWorkload() {
        return WORKLOADS.contains(kind());
    }

    /** What its pods are made of: metadata and spec; empty for what has no pods. */
    Optional<Manifest> pod() {
        if (kind().equals("Pod")) {
            return Optional.of(this);
        }
        return isWorkload() ? Optional.of(new Manifest(at("/spec/template"))) : Optional.empty();
    }

    /** The containers of a pod, those that run first included. */
    Stream<JsonNode> containers() {
        return Stream.concat(each("/spec/initContainers"), each("/spec/containers"));
    }

    /** Whether it carries each of the labels of a selector. */
    boolean hasLabels(JsonNode selector) {
        var labels = at("/metadata/labels");
        return selector.propertyStream().allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
