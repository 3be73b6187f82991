package io.evenkeel.packaging.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The chart as Helm renders it, with its defaults and each of its value sets. */
class ChartTests {

    private static final ChartCheck CHECK = new ChartCheck();

    static Stream<String> valueSets() {
        return Chart.OURS.valueSets().stream();
    }

    @Test
    void helmsLintHasNothingAgainstIt() {
        var lint = Chart.OURS.lint();

        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages()).noneMatch(message -> message.contains("WARNING"));
    }

    @Test
    void isRenderedWithTheDefaults() {
        var release = Chart.OURS.render();

        assertThat(CHECK.problems(release)).isEmpty();
        assertThat(release.stream().map(Manifest::toString))
                .contains("Deployment elb-evenkeel-api", "Deployment elb-evenkeel-worker", "Service elb-evenkeel-api");
    }

    @Test
    void hasValueSetsForEverySwitch() {
        assertThat(valueSets()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(valueSets().flatMap(set -> Chart.OURS.render(set).stream()).map(Manifest::kind))
                .contains(
                        "DaemonSet",
                        "StatefulSet",
                        "Ingress",
                        "HorizontalPodAutoscaler",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "ServiceMonitor",
                        "PrometheusRule",
                        "ConfigMap");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void isRenderedAsKubernetesWantsIt(String valueSet) {
        assertThat(CHECK.problems(Chart.OURS.render(valueSet))).isEmpty();
    }

    /** Rendering leaves out what Helm runs on demand only, so a copy says that it is not such a thing. */
    @ParameterizedTest
    @ValueSource(strings = {"api-only", "everything"})
    void soAreThePodsOfHelmTest(String valueSet, @TempDir Path directory) {
        var chart = Chart.OURS.copyTo(directory.resolve("evenkeel"));
        chart.replace("templates/tests/answers.yaml", "helm.sh/hook: test", "example.org/hook: test");

        var release = chart.render(valueSet);

        assertThat(release).anyMatch(manifest -> manifest.kind().equals("Pod"));
        assertThat(CHECK.problems(release)).isEmpty();
    }

    @Test
    void isOfTheVersionThatIsBuilt() throws IOException {
        var chart = Manifest.readAll(Files.readString(Path.of("helm", "evenkeel", "Chart.yaml")))
                .getFirst();

        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<artifactId>evenkeel</artifactId>\n  <version>" + chart.text("/appVersion") + "</version>");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void neverHoldsASecret(String valueSet) {
        assertThat(Chart.OURS.render(valueSet))
                .noneMatch(manifest -> manifest.kind().equals("Secret"));
    }

    @Test
    void workersHaveNoCredentialsOfTheAdministrator() {
        var worker = only(Chart.OURS.render(), "Deployment", "elb-evenkeel-worker");

        assertThat(variables(worker)).contains("EVENKEEL_KEK").noneMatch(name -> name.contains("BOOTSTRAP"));
    }

    @Test
    void aSetOfWorkersIsMadeForEachZone() {
        var sets = Chart.OURS.render("workers-by-zone").stream()
                .filter(manifest -> manifest.isWorkload() && manifest.name().contains("worker"))
                .toList();

        assertThat(sets).extracting(set -> set.at("/spec/replicas").asInt()).containsExactlyInAnyOrder(3, 2, 2);
        assertThat(sets)
                .extracting(set -> variable(set, "EVENKEEL_WORKER_AVAILABILITYZONE"))
                .containsExactlyInAnyOrder("az1", "az2", "a-zone-with-a-name-so-long-that-objects-cannot-have-it.eu");
        assertThat(sets)
                .extracting(
                        set -> set.text(
                                "/spec/template/spec/affinity/nodeAffinity"
                                        + "/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0/values/0"))
                .contains("eu-central-1a", "eu-central-1b");
    }

    @Test
    void onTheHostNetworkAWorkerBindsVipsWithOneCapabilityAndKeepsItsHomeOnTheNode() {
        var release = Chart.OURS.render("host-network");
        var worker = only(release, "DaemonSet", "elb-evenkeel-worker-rack-1");
        var pod = worker.pod().orElseThrow();

        assertThat(pod.at("/spec/hostNetwork").asBoolean()).isTrue();
        assertThat(pod.at("/spec/securityContext/sysctls").isMissingNode()).isTrue();
        assertThat(pod.text("/spec/containers/0/command/0")).isEqualTo("java-low-ports");
        assertThat(pod.at("/spec/containers/0/securityContext/capabilities/add").toString())
                .isEqualTo("[\"NET_BIND_SERVICE\"]");
        assertThat(pod.text("/spec/volumes/0/hostPath/path")).isEqualTo("/var/lib/evenkeel-worker");
        assertThat(variable(worker, "EVENKEEL_WORKER_VIPBINDING")).isEqualTo("address");
        assertThat(variable(worker, "EVENKEEL_WORKER_LEAVEAFTER")).isEqualTo("10s");
        assertThat(pod.at("/spec/containers/0/lifecycle").isMissingNode()).isTrue();
        assertThat(release.stream().filter(manifest -> manifest.kind().equals("NetworkPolicy")))
                .extracting(Manifest::name)
                .containsExactly("elb-evenkeel-api");
    }

    @Test
    void inThePodNetworkAWorkerBindsLowPortsWithoutACapability() {
        var worker = only(Chart.OURS.render(), "Deployment", "elb-evenkeel-worker");
        var pod = worker.pod().orElseThrow();

        assertThat(pod.text("/spec/securityContext/sysctls/0/name")).isEqualTo("net.ipv4.ip_unprivileged_port_start");
        assertThat(pod.at("/spec/containers/0/securityContext/capabilities/add").isMissingNode())
                .isTrue();
        assertThat(variable(worker, "EVENKEEL_WORKER_VIPBINDING")).isEqualTo("wildcard");
    }

    @Test
    void theAutoscalerAloneSaysHowManyThereAre() {
        var release = Chart.OURS.render("everything");

        assertThat(only(release, "Deployment", "elb-api").at("/spec/replicas").isMissingNode())
                .isTrue();
        assertThat(only(release, "HorizontalPodAutoscaler", "elb-api")
                        .at("/spec/maxReplicas")
                        .asInt())
                .isEqualTo(12);
    }

    @Test
    void podsAreReplacedWhenTheirSettingsChange() {
        var annotation = "/spec/template/metadata/annotations/checksum~1config";
        var one = Chart.OURS.renderWith(Map.of("config.evenkeel.rules.same-os", "warn"));
        var other = Chart.OURS.renderWith(Map.of("config.evenkeel.rules.same-os", "off"));

        assertThat(only(one, "Deployment", "elb-evenkeel-api").text(annotation))
                .isNotEmpty()
                .isNotEqualTo(only(other, "Deployment", "elb-evenkeel-api").text(annotation));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    worker.kind                | Sidecar                 | /worker/kind
                    worker.replicas            | many                    | /worker/replicas
                    api.replikas               | 3                       | replikas
                    database.url               | mysql://db/evenkeel     | /database/url
                    image.digest               | latest                  | /image/digest
                    monitoring.serviceMonitor.interval | often           | /monitoring/serviceMonitor/interval
                    worker.leaveAfter          | soon                    | /worker/leaveAfter
                    worker.home.type           | pvc                     | needs worker.kind StatefulSet
                    worker.home.type           | hostPath                | needs worker.kind DaemonSet
                    worker.service.enabled     | true                    | worker.service.ports must name
                    api.ingress.enabled        | true                    | api.ingress.hosts must name
                    """)
    void refusesValuesThatMakeNoSense(String value, String given, String because) {
        assertThatThrownBy(() -> Chart.OURS.renderWith(Map.of(value, given))).hasMessageContaining(because);
    }

    @Test
    void takesTheZoneFromThePodOnlyWhereKubernetesPutsItThere() {
        assertThatThrownBy(() -> Chart.OURS.renderFor("1.34.2", "stateful")).hasMessageContaining("1.35");
        assertThat(Chart.OURS.renderFor("1.35.0", "stateful")).isNotEmpty();
    }

    private static Manifest only(List<Manifest> release, String kind, String name) {
        return release.stream()
                .filter(manifest -> manifest.toString().equals(kind + " " + name))
                .findAny()
                .orElseThrow();
    }

    private static Stream<JsonNode> environment(Manifest workload) {
        return workload.each("/spec/template/spec/containers")
                .flatMap(container -> container.path("env").valueStream());
    }

    private static List<String> variables(Manifest workload) {
        return environment(workload).map(entry -> entry.path("name").asString()).toList();
    }

    private static String variable(Manifest workload, String name) {
        return environment(workload)
                .filter(entry -> entry.path("name").asString().equals(name))
                .map(entry -> entry.path("value").asString(""))
                .findAny()
                .orElseThrow();
    }
}
