package io.evenkeel.packaging.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check of the chart has to find what it is there for: a mistake is planted in a copy, and must be named. */
class PlantedMistakesTests {

    private static final ChartCheck CHECK = new ChartCheck();

    @TempDir
    private Path directory = Path.of("");

    static Stream<Arguments> againstKubernetes() {
        return Stream.of(
                arguments("api.yaml", "containers:", "containerz:", "containerz is not a field of V1PodSpec"),
                arguments(
                        "api.yaml",
                        "  selector:\n    matchLabels:\n      {{- include \"evenkeel.selectorLabels\" $about | nindent 6 }}\n",
                        "",
                        "/spec/selector is missing"),
                arguments(
                        "worker.yaml",
                        "replicas: {{ default",
                        "replicas: two # {{ default",
                        "/spec/replicas must be a whole number"),
                arguments("worker.yaml", "value: \"0\"}", "value: 0}", "sysctls[0]/value must be a text"),
                arguments(
                        "autoscaler.yaml",
                        "minReplicas: {{ .Values.api.autoscaling.minReplicas }}",
                        "minReplicas:",
                        "/spec/minReplicas is null"),
                arguments(
                        "disruption.yaml",
                        "policy/v1",
                        "policy/v1beta1",
                        "no such kind: policy/v1beta1 PodDisruptionBudget"),
                arguments(
                        "_helpers.tpl",
                        "type: RuntimeDefault",
                        "types: [RuntimeDefault]",
                        "types is not a field of V1SeccompProfile"),
                arguments("_helpers.tpl", "sizeLimit: 256Mi", "sizeLimit: 256 MB", "sizeLimit must be a quantity"),
                arguments(
                        "ingress.yaml",
                        "port: {number:",
                        "port: {nummer:",
                        "nummer is not a field of V1ServiceBackendPort"),
                arguments(
                        "networkpolicies.yaml",
                        "policyTypes: [Ingress, Egress]",
                        "policyTypes: Ingress",
                        "policyTypes must be a list"),
                arguments("services.yaml", "clusterIP: None", "clusterIP: {}", "clusterIP must be a text"),
                arguments("monitoring.yaml", "interval:", "intervall:", "intervall is not a field of Endpoint"),
                arguments("monitoring.yaml", "endpoints:", "probes:", "/spec/endpoints is missing"));
    }

    static Stream<Arguments> againstPods() {
        return Stream.of(
                arguments("_helpers.tpl", "drop: [ALL]", "drop: []", "keeps capabilities that come by themselves"),
                arguments("_helpers.tpl", "runAsNonRoot: true", "runAsNonRoot: false", "may run as root"),
                arguments(
                        "_helpers.tpl",
                        "readOnlyRootFilesystem: true",
                        "readOnlyRootFilesystem: false",
                        "may write to its image"),
                arguments("_helpers.tpl", "allowPrivilegeEscalation: false", "privileged: true", "is privileged"),
                arguments(
                        "_helpers.tpl",
                        "enableServiceLinks: false",
                        "enableServiceLinks: true",
                        "takes variables of Services"),
                arguments("api.yaml", "name: tls", "name: tsl", "mounts a volume that it does not have: tsl"),
                arguments(
                        "_helpers.tpl",
                        "port: management",
                        "port: managment",
                        "is asked on a port that it does not have: managment"),
                arguments(
                        "_helpers.tpl",
                        "name: EVENKEEL_HOME",
                        "name: EVENKEEL_HOEM",
                        "sets a variable that nobody reads: EVENKEEL_HOEM"),
                arguments(
                        "api.yaml",
                        "name: SERVER_PORT",
                        "name: EVENKEEL_ROLES",
                        "has twice the variable EVENKEEL_ROLES"),
                arguments("values.yaml", "limits: {memory: 1Gi}", "limits: {cpu: 1}", "may take all memory"));
    }

    static Stream<Arguments> amongObjects() {
        return Stream.of(
                arguments(
                        "services.yaml",
                        "targetPort: api",
                        "targetPort: apis",
                        "goes to a port that its pods do not have: apis"),
                arguments(
                        "networkpolicies.yaml",
                        "port: management",
                        "port: metrics",
                        "goes to a port that its pods do not have: metrics"),
                arguments(
                        "disruption.yaml",
                        "\"component\" \"api\") | nindent 6",
                        "\"component\" \"ui\") | nindent 6",
                        "PodDisruptionBudget elb-api selects no pod"),
                arguments(
                        "autoscaler.yaml",
                        "-api\n  minReplicas",
                        "-apis\n  minReplicas",
                        "refers to what is not there: Deployment"),
                arguments("ingress.yaml", "$.Values.api.service.port", "$.Values.api.port", "leads nowhere"),
                arguments(
                        "services.yaml",
                        "evenkeel.io/job: evenkeel",
                        "evenkeel.io/job: api",
                        "does not name its job evenkeel"),
                arguments(
                        "config.yaml",
                        ".fullname\" . }}",
                        ".fullname\" . }}-config",
                        "refers to what is not there: ConfigMap"),
                arguments(
                        "serviceaccount.yaml",
                        "serviceAccountName\" . }}",
                        "serviceAccountName\" . }}-other",
                        "runs as nobody: elb"),
                arguments("services.yaml", "-management", "_management", "has no name that Kubernetes takes"));
    }

    @ParameterizedTest
    @MethodSource({"againstKubernetes", "againstPods", "amongObjects"})
    void isFound(String file, String text, String mistake, String finding) {
        var chart = copy();
        chart.replace(file.equals("values.yaml") ? file : "templates/" + file, text, mistake);

        assertThat(CHECK.problems(chart.render("everything"))).anyMatch(problem -> problem.contains(finding));
    }

    @Test
    void twoSetsOfWorkersThatSelectEachOthersPodsAreFound() {
        var chart = copy();
        chart.replace("templates/worker.yaml", "\\nevenkeel.io/zone: %s", "%.0s");

        assertThat(CHECK.problems(chart.render("workers-by-zone")))
                .anyMatch(problem -> problem.contains("selects the pods of"));
    }

    @Test
    void aWorkerWithMoreRightsThanItNeedsIsFound() {
        var chart = copy();
        chart.replace("templates/worker.yaml", "add: [NET_BIND_SERVICE]", "add: [NET_BIND_SERVICE, NET_ADMIN]");

        assertThat(CHECK.problems(chart.render("host-network")))
                .anyMatch(problem -> problem.endsWith("has the capability NET_ADMIN"));
    }

    @Test
    void anObjectThatStandsTwiceIsFound() {
        var chart = copy();
        chart.replace("templates/services.yaml", "-worker\n", "-api\n");

        assertThat(CHECK.problems(chart.render("workers-by-zone")))
                .anyMatch(problem -> problem.equals("Service elb-evenkeel-api stands twice"));
    }

    @Test
    void aKeyThatStandsTwiceIsFound() {
        var chart = copy();
        chart.replace("templates/config.yaml", "data:", "metadata: {}\ndata:");

        assertThatThrownBy(() -> chart.render("everything")).hasMessageContaining("duplicate key");
    }

    @Test
    void aTemplateThatIsNoTemplateFailsTheLint() {
        var chart = copy();
        chart.replace("templates/api.yaml", "{{- if .Values.api.enabled }}", "{{- if .Values.api.enabled }");

        assertThat(findings(chart)).contains("api.yaml");
    }

    @Test
    void aDefaultThatTheValuesSchemaRefusesFailsTheLint() {
        var chart = copy();
        chart.replace("values.yaml", "  pullPolicy: IfNotPresent", "  pullPolicy: Sometimes");

        assertThat(findings(chart)).contains("/image/pullPolicy");
    }

    @Test
    void aValueThatTheSchemaDoesNotKnowFailsTheLint() {
        var chart = copy();
        chart.replace("values.yaml", "nameOverride:", "nameOverwrite: x\nnameOverride:");

        assertThat(findings(chart)).contains("nameOverwrite");
    }

    /** What the lint says against a chart that it refuses; nothing of one that it takes. */
    private static String findings(Chart chart) {
        var lint = chart.lint();
        return lint.isFailed() ? lint.getMessages().toString() : "";
    }

    @Test
    void nothingIsFoundInACopyWithoutAMistake() {
        var chart = copy();

        assertThat(findings(chart)).isEmpty();
        assertThat(CHECK.problems(chart.render("everything"))).isEmpty();
    }

    private Chart copy() {
        return Chart.OURS.copyTo(directory.resolve("evenkeel"));
    }
}
