package io.evenkeel.packaging.chart;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.gson.annotations.SerializedName;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Holds manifests to the API of Kubernetes 1.36 and of the Prometheus operator, strictly: every field known, of its
 * type, not null, and none missing that is required. Fields, types and what is required are read from the classes
 * that the Java clients generate from the API's OpenAPI description, which no artifact carries as a file.
 */
final class KubernetesSchema {

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", V1ConfigMap.class),
            Map.entry("v1 Pod", V1Pod.class),
            Map.entry("v1 Service", V1Service.class),
            Map.entry("v1 ServiceAccount", V1ServiceAccount.class),
            Map.entry("apps/v1 DaemonSet", V1DaemonSet.class),
            Map.entry("apps/v1 Deployment", V1Deployment.class),
            Map.entry("apps/v1 StatefulSet", V1StatefulSet.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class),
            Map.entry("networking.k8s.io/v1 Ingress", V1Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class));

    /** What the operator's classes do not say of themselves. */
    private static final Map<String, List<String>> REQUIRED_BY_OPERATOR = Map.of(
            "ServiceMonitor", List.of("spec"),
            "ServiceMonitorSpec", List.of("selector", "endpoints"),
            "PrometheusRule", List.of("spec"),
            "RuleGroup", List.of("name"),
            "Rule", List.of("expr"));

    private static final Pattern QUANTITY = Pattern.compile("[+-]?[0-9.]+([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?");

    private record Scalar(String expected, Predicate<JsonNode> accepts) {}

    private static final Scalar TEXT = new Scalar("a text", JsonNode::isString);
    private static final Scalar WHOLE = new Scalar("a whole number", JsonNode::isIntegralNumber);
    private static final Scalar NUMBER = new Scalar("a number", JsonNode::isNumber);
    private static final Scalar TRUTH = new Scalar("true or false", JsonNode::isBoolean);
    private static final Scalar AMOUNT = new Scalar(
            "a quantity",
            node -> node.isNumber()
                    || (node.isString() && QUANTITY.matcher(node.asString()).matches()));
    private static final Scalar WHOLE_OR_TEXT =
            new Scalar("a whole number or a text", node -> node.isIntegralNumber() || node.isString());

    private static final Map<String, Scalar> SCALARS = Map.ofEntries(
            Map.entry("String", TEXT),
            Map.entry("OffsetDateTime", TEXT),
            Map.entry("byte[]", TEXT),
            Map.entry("Integer", WHOLE),
            Map.entry("Long", WHOLE),
            Map.entry("Double", NUMBER),
            Map.entry("BigDecimal", NUMBER),
            Map.entry("Boolean", TRUTH),
            Map.entry("Quantity", AMOUNT),
            Map.entry("IntOrString", WHOLE_OR_TEXT));

    private final Map<Class<?>, Map<String, Type>> fields = new HashMap<>();

    /** What is wrong with it, each with the place; nothing when it is right. */
    List<String> problems(Manifest manifest) {
        var model = KINDS.get(manifest.apiVersion() + " " + manifest.kind());
        var problems = new ArrayList<String>();
        if (model == null) {
            problems.add(manifest + ": no such kind: " + manifest.apiVersion() + " " + manifest.kind());
        } else {
            check(manifest + ": ", manifest.tree(), model, problems);
        }
        return problems;
    }

    private void check(String place, JsonNode node, Type type, List<String> problems) {
        if (node.isNull()) {
            problems.add(place + " is null");
        } else if (type instanceof ParameterizedType generic) {
            checkMany(place, node, generic, problems);
        } else if (type instanceof Class<?> model && model != Object.class) {
            var scalar = SCALARS.get(model.getSimpleName());
            if (scalar == null) {
                checkObject(place, node, model, problems);
            } else if (!scalar.accepts().test(node)) {
                problems.add(place + " must be " + scalar.expected() + ", is " + node);
            }
        }
    }

    private void checkMany(String place, JsonNode node, ParameterizedType type, List<String> problems) {
        var arguments = type.getActualTypeArguments();
        if (Collection.class.isAssignableFrom((Class<?>) type.getRawType())) {
            if (!node.isArray()) {
                problems.add(place + " must be a list, is " + node);
            }
            for (int i = 0; i < node.size() && node.isArray(); i++) {
                check(place + "[" + i + "]", node.get(i), arguments[0], problems);
            }
        } else if (node.isObject()) {
            node.propertyStream()
                    .forEach(entry -> check(place + "/" + entry.getKey(), entry.getValue(), arguments[1], problems));
        } else {
            problems.add(place + " must be a map, is " + node);
        }
    }

    private void checkObject(String place, JsonNode node, Class<?> model, List<String> problems) {
        if (!node.isObject()) {
            problems.add(place + " must be an object, is " + node);
            return;
        }
        var known = fields.computeIfAbsent(model, KubernetesSchema::fieldsOf);
        node.propertyStream().forEach(property -> {
            var type = known.get(property.getKey());
            if (type == null) {
                problems.add(place + "/" + property.getKey() + " is not a field of " + model.getSimpleName());
            } else {
                check(place + "/" + property.getKey(), property.getValue(), type, problems);
            }
        });
        requiredBy(model).stream()
                .filter(name -> !node.has(name))
                .forEach(name -> problems.add(place + "/" + name + " is missing"));
    }

    private static Map<String, Type> fieldsOf(Class<?> model) {
        var found = new HashMap<String, Type>();
        for (Class<?> part = model; part != null; part = part.getSuperclass()) {
            for (var field : part.getDeclaredFields()) {
                nameOf(field).ifPresent(name -> found.put(name, field.getGenericType()));
            }
        }
        if (found.isEmpty()) {
            throw new AssertionError("No field is known of " + model.getName());
        }
        return found;
    }

    private static Optional<String> nameOf(Field field) {
        var inClient =
                Optional.ofNullable(field.getAnnotation(SerializedName.class)).map(SerializedName::value);
        return inClient.or(() ->
                Optional.ofNullable(field.getAnnotation(JsonProperty.class)).map(JsonProperty::value));
    }

    private static List<String> requiredBy(Class<?> model) {
        try {
            var required =
                    (Collection<?>) model.getField("openapiRequiredFields").get(null);
            return required.stream().map(String::valueOf).toList();
        } catch (NoSuchFieldException e) {
            return REQUIRED_BY_OPERATOR.getOrDefault(model.getSimpleName(), List.of());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
