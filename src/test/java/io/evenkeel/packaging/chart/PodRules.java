package io.evenkeel.packaging.chart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What each pod of the chart has to be: bounded, without rights it does not need, and whole in itself. */
final class PodRules {

    /** By the name of the container: what may be done beyond what any process may. */
    private static final List<String> RIGHTS = List.of("worker NET_BIND_SERVICE", "own-home CHOWN");

    private static final String ROOT_BEFORE_START = "own-home";

    private final List<String> problems = new ArrayList<>();

    /** What is wrong with the pods of an object. */
    static List<String> problems(Manifest manifest) {
        var rules = new PodRules();
        manifest.pod().ifPresent(pod -> {
            rules.pod(manifest.toString(), pod);
            rules.volumes(manifest, pod);
        });
        return rules.problems;
    }

    private void pod(String owner, Manifest pod) {
        require(!pod.at("/spec/automountServiceAccountToken").asBoolean(true), owner + " mounts a token of Kubernetes");
        require(!pod.at("/spec/enableServiceLinks").asBoolean(true), owner + " takes variables of Services");
        require(pod.at("/spec/securityContext/runAsNonRoot").asBoolean(false), owner + " may run as root");
        require(pod.at("/spec/securityContext/seccompProfile").isObject(), owner + " has no seccomp profile");
        require(!pod.at("/spec/hostPID").asBoolean(false), owner + " sees the host's processes");
        pod.containers().forEach(container -> container(owner, container));
    }

    private void container(String owner, JsonNode container) {
        var name = container.path("name").asString();
        var place = owner + ", container " + name;
        var security = container.path("securityContext");
        require(!security.path("allowPrivilegeEscalation").asBoolean(true), place + " may gain rights");
        require(security.path("readOnlyRootFilesystem").asBoolean(false), place + " may write to its image");
        require(!security.path("privileged").asBoolean(false), place + " is privileged");
        require(
                name.equals(ROOT_BEFORE_START) || security.path("runAsNonRoot").asBoolean(true),
                place + " may run as root");
        rights(place, name, security.path("capabilities"));
        require(!container.at("/resources/requests/cpu").isMissingNode(), place + " requests no processor time");
        require(!container.at("/resources/requests/memory").isMissingNode(), place + " requests no memory");
        require(!container.at("/resources/limits/memory").isMissingNode(), place + " may take all memory");
        once(place + " has twice the variable ", container.path("env"));
        ports(place, container);
    }

    private void rights(String place, String name, JsonNode capabilities) {
        require(
                texts(capabilities.path("drop")).anyMatch("ALL"::equals),
                place + " keeps capabilities that come by themselves");
        texts(capabilities.path("add"))
                .filter(added -> !RIGHTS.contains(name + " " + added))
                .forEach(added -> problems.add(place + " has the capability " + added));
    }

    private void ports(String place, JsonNode container) {
        var named = new HashSet<String>();
        container
                .path("ports")
                .valueStream()
                .forEach(port -> named.add(port.path("name").asString()));
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            var port = container.path(probe).at("/httpGet/port");
            require(
                    port.isMissingNode() || named.contains(port.asString()),
                    place + " is asked on a port that it does not have: " + port.asString(""));
        }
    }

    private void volumes(Manifest owner, Manifest pod) {
        var declared = new HashSet<String>();
        pod.each("/spec/volumes")
                .forEach(volume -> declared.add(volume.path("name").asString()));
        owner.each("/spec/volumeClaimTemplates")
                .forEach(claim -> declared.add(claim.at("/metadata/name").asString()));
        var used = new HashSet<String>();
        pod.containers().forEach(container -> {
            once(owner + " mounts twice ", container.path("volumeMounts"));
            container
                    .path("volumeMounts")
                    .valueStream()
                    .forEach(mount -> used.add(mount.path("name").asString()));
        });
        missing(used, declared)
                .forEach(name -> problems.add(owner + " mounts a volume that it does not have: " + name));
        missing(declared, used).forEach(name -> problems.add(owner + " has a volume that nobody mounts: " + name));
    }

    private static Stream<String> missing(Set<String> from, Set<String> in) {
        return from.stream().filter(name -> !in.contains(name)).sorted();
    }

    private void once(String problem, JsonNode named) {
        var seen = new HashSet<String>();
        named.valueStream()
                .map(entry -> entry.path(entry.has("mountPath") ? "mountPath" : "name")
                        .asString())
                .filter(name -> !seen.add(name))
                .forEach(name -> problems.add(problem + name));
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString);
    }

    private void require(boolean isSo, String problem) {
        if (!isSo) {
            problems.add(problem);
        }
    }
}
