package io.evenkeel.packaging.chart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the objects of a release say of each other has to be so: Kubernetes takes it, and nothing works. */
final class ReleaseRules {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LABEL_KEY =
            Pattern.compile("([a-z0-9.-]+/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    /** Its pods carry it, with a hash behind, as a label. */
    private static final int LONGEST_WORKLOAD_NAME = 52;

    private final List<Manifest> release;
    private final List<String> problems = new ArrayList<>();

    private ReleaseRules(List<Manifest> release) {
        this.release = release;
    }

    /** What is wrong among the objects of a release. */
    static List<String> problems(List<Manifest> release) {
        var rules = new ReleaseRules(release);
        rules.names();
        release.forEach(rules::selectors);
        release.forEach(rules::ports);
        release.forEach(rules::references);
        rules.overlaps();
        return rules.problems;
    }

    private void names() {
        var seen = new HashSet<String>();
        for (var manifest : release) {
            require(seen.add(manifest.toString()), manifest + " stands twice");
            require(NAME.matcher(manifest.name()).matches(), manifest + " has no name that Kubernetes takes");
            require(
                    !manifest.isWorkload() || manifest.name().length() <= LONGEST_WORKLOAD_NAME,
                    manifest + " has too long a name for its pods");
            labels(manifest.toString(), manifest.at("/metadata/labels"));
            manifest.pod().ifPresent(pod -> labels(manifest + "'s pods", pod.at("/metadata/labels")));
        }
    }

    private void labels(String owner, JsonNode labels) {
        labels.propertyStream()
                .filter(label -> !LABEL_KEY.matcher(label.getKey()).matches()
                        || !LABEL_VALUE.matcher(label.getValue().asString()).matches())
                .forEach(label -> problems.add(owner + " cannot have the label " + label));
    }

    private void selectors(Manifest manifest) {
        if (manifest.isWorkload()) {
            var own = manifest.pod().stream();
            require(own.anyMatch(pod -> pod.hasLabels(selector(manifest))), manifest + " does not select its own pods");
        } else if (isSelector(manifest)) {
            require(selected(manifest).findAny().isPresent(), manifest + " selects no pod");
        }
    }

    private static boolean isSelector(Manifest manifest) {
        return List.of("Service", "PodDisruptionBudget", "NetworkPolicy").contains(manifest.kind());
    }

    private static JsonNode selector(Manifest manifest) {
        return switch (manifest.kind()) {
            case "Service" -> manifest.at("/spec/selector");
            case "NetworkPolicy" -> manifest.at("/spec/podSelector/matchLabels");
            default -> manifest.at("/spec/selector/matchLabels");
        };
    }

    private Stream<Manifest> selected(Manifest manifest) {
        return release.stream()
                .filter(Manifest::isWorkload)
                .flatMap(workload -> workload.pod().stream())
                .filter(pod -> pod.hasLabels(selector(manifest)));
    }

    /** Names of ports, of Services and policies alike, have to be those of each pod that they are about. */
    private void ports(Manifest manifest) {
        Stream<JsonNode> named = switch (manifest.kind()) {
            case "Service" -> manifest.each("/spec/ports").map(port -> port.path("targetPort"));
            case "NetworkPolicy" ->
                manifest.each("/spec/ingress")
                        .flatMap(rule -> rule.path("ports").valueStream())
                        .map(port -> port.path("port"));
            default -> Stream.of();
        };
        named.filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(name -> selected(manifest).anyMatch(pod -> !hasPort(pod, name)))
                .forEach(name -> problems.add(manifest + " goes to a port that its pods do not have: " + name));
    }

    private static boolean hasPort(Manifest pod, String name) {
        return pod.containers()
                .flatMap(container -> container.path("ports").valueStream())
                .anyMatch(port -> port.path("name").asString("").equals(name));
    }

    private void references(Manifest manifest) {
        switch (manifest.kind()) {
            case "HorizontalPodAutoscaler" ->
                refers(manifest, manifest.text("/spec/scaleTargetRef/kind"), manifest.at("/spec/scaleTargetRef/name"));
            case "Ingress" -> ingress(manifest);
            case "StatefulSet" -> refers(manifest, "Service", manifest.at("/spec/serviceName"));
            case "ServiceMonitor" -> serviceMonitor(manifest);
            default -> {}
        }
        manifest.pod().ifPresent(pod -> ofPods(manifest, pod));
    }

    private void ofPods(Manifest owner, Manifest pod) {
        var account = pod.text("/spec/serviceAccountName");
        require(
                account.equals("default") || find("ServiceAccount", account).isPresent(),
                owner + " runs as nobody: " + account);
        pod.each("/spec/volumes")
                .map(volume -> volume.at("/configMap/name"))
                .filter(JsonNode::isString)
                .forEach(name -> refers(owner, "ConfigMap", name));
    }

    private void ingress(Manifest manifest) {
        manifest.each("/spec/rules")
                .flatMap(rule -> rule.at("/http/paths").valueStream())
                .map(path -> path.at("/backend/service"))
                .forEach(backend -> {
                    var service = find("Service", backend.path("name").asString());
                    require(
                            service.stream()
                                    .flatMap(found -> found.each("/spec/ports"))
                                    .anyMatch(port -> port.path("port").equals(backend.at("/port/number"))),
                            manifest + " leads nowhere: " + backend);
                });
    }

    private void serviceMonitor(Manifest monitor) {
        var services = release.stream()
                .filter(other -> other.kind().equals("Service") && other.hasLabels(selector(monitor)))
                .toList();
        require(services.size() == 1, monitor + " selects " + services.size() + " Services");
        var job = "/metadata/labels/" + monitor.text("/spec/jobLabel").replace("/", "~1");
        for (var service : services) {
            require(service.text(job).equals("evenkeel"), monitor + " does not name its job evenkeel");
            monitor.each("/spec/endpoints")
                    .map(endpoint -> endpoint.path("port"))
                    .filter(port -> service.each("/spec/ports")
                            .noneMatch(own -> own.path("name").equals(port)))
                    .forEach(port -> problems.add(monitor + " asks a port that its Service does not have: " + port));
        }
    }

    private void refers(Manifest from, String kind, JsonNode name) {
        require(find(kind, name.asString("")).isPresent(), from + " refers to what is not there: " + kind + " " + name);
    }

    private Optional<Manifest> find(String kind, String name) {
        return release.stream()
                .filter(other -> other.kind().equals(kind) && other.name().equals(name))
                .findAny();
    }

    /** Two workloads that select each other's pods delete them by turns. */
    private void overlaps() {
        var workloads = release.stream().filter(Manifest::isWorkload).toList();
        for (var one : workloads) {
            workloads.stream()
                    .filter(other -> !other.equals(one))
                    .filter(other -> other.pod().orElseThrow().hasLabels(selector(one)))
                    .forEach(other -> problems.add(one + " selects the pods of " + other));
        }
    }

    private void require(boolean isSo, String problem) {
        if (!isSo) {
            problems.add(problem);
        }
    }
}
