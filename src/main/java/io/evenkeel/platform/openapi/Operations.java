package io.evenkeel.platform.openapi;

import io.evenkeel.platform.openapi.schema.Reach;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is said of every operation: who may call it, its path's parameters, the tags of all. */
final class Operations {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Tags whose controllers are several, or do not say it. */
    private static final Map<String, String> TAGS = Map.of(
            "Catalogue", "What there is to choose from: flavors, zones, versions",
            "Identity", "Who may call: projects, access keys, tokens",
            "Inventory", "The cloud as the balancer knows it: zones, VPCs, subnets, servers",
            "Jobs", "What was done by calls that answer a job",
            "L7 policies", "Where requests of a listener go, by what they look like",
            "L7 rules", "What a request must look like for its policy",
            "Listeners", "Ports that take traffic",
            "Load balancers", "Addresses that take traffic, and all below them",
            "Members", "Backend servers of a group",
            "Pools", "Backend server groups");

    private Operations() {}

    static void describe(OpenAPI document) {
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
        tags(document);
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        if (path.equals("/versions")) {
            operation.setSecurity(List.of());
        }
        if (operation.getDescription() == null) {
            operation.setDescription(sentence(operation.getSummary()) + " " + role(path, method));
        }
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> "path".equals(parameter.getIn()))
                    .forEach(Operations::describe);
        }
    }

    private static String sentence(String summary) {
        return summary.endsWith(".") ? summary : summary + ".";
    }

    private static String role(String path, HttpMethod method) {
        if (path.equals("/versions")) {
            return "Open to everybody.";
        } else if (path.startsWith("/identity/")) {
            return "Takes the role `admin`.";
        } else if (method == HttpMethod.GET) {
            return "Takes the role `reader`.";
        }
        return path.startsWith("/inventory/") || path.endsWith("/elb/quotas")
                ? "Takes the role `admin`."
                : "Takes the role `operator`.";
    }

    private static void describe(Parameter parameter) {
        var schema = parameter.getSchema();
        if (parameter.getName().equals("project_id")) {
            parameter.setDescription("The project whose resources these are: the caller's own, or any for an `admin`");
            schema.setPattern("^[A-Za-z0-9_-]{1,64}$");
        } else {
            if (parameter.getDescription() == null) {
                parameter.setDescription("Id of the "
                        + parameter.getName().replaceFirst("_id$", "").replace('_', ' '));
            }
            if (schema.getFormat() == null && schema.getPattern() == null) {
                schema.setPattern("^[A-Za-z0-9._-]{1,64}$");
            }
        }
    }

    private static void tags(OpenAPI document) {
        var described = new TreeMap<String, String>();
        if (document.getTags() != null) {
            document.getTags().stream()
                    .filter(tag -> tag.getDescription() != null)
                    .forEach(tag -> described.put(tag.getName(), tag.getDescription()));
        }
        var used = Reach.operations(document)
                .map(Operation::getTags)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        document.setTags(used.stream()
                .map(name -> new Tag()
                        .name(name)
                        .description(described.getOrDefault(name, TAGS.getOrDefault(name, words(name)))))
                .toList());
    }

    private static String words(String name) {
        return "Operations on " + HUMP.matcher(name).replaceAll(" ").toLowerCase(java.util.Locale.ROOT);
    }
}
