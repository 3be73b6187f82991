package io.evenkeel.coverage;

import io.evenkeel.testing.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** An API document of the running service: its operations, and the names of all that they take. */
final class ApiDocument {

    private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])([A-Z])");
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_0-9]+)}");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final JsonNode root;

    private ApiDocument(JsonNode root) {
        this.root = root;
    }

    static ApiDocument of(Api api, String name) {
        return new ApiDocument(api.get("/v3/api-docs/" + name).expect(200));
    }

    /** An operation, by its name and by its path with variables. */
    record Operation(String name, String method, String path, JsonNode node, JsonNode body) {

        List<String> variables() {
            return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
        }

        List<String> queryNames() {
            return queryParameters().stream()
                    .map(parameter -> parameter.path("name").asString())
                    .toList();
        }

        List<JsonNode> queryParameters() {
            return node.path("parameters")
                    .valueStream()
                    .filter(parameter -> parameter.path("in").asString().equals("query"))
                    .toList();
        }

        boolean hasBody() {
            return node.has("requestBody");
        }

        /** The name around all that the body says, where there is one. */
        Optional<String> wrapper() {
            var names = body.path("properties").propertyNames();
            return names.stream()
                    .filter(name -> names.size() == 1
                            && body.path("properties").path(name).has("$ref"))
                    .findFirst()
                    .map(ApiDocument::onWire);
        }
    }

    /** A part of a body: the names that lead to it, {@code []} for any item of a list. */
    record Attribute(List<String> path, JsonNode schema) {

        boolean isObject() {
            return schema.has("properties");
        }

        boolean isSingle() {
            return !isObject() && !schema.has("items");
        }

        /** The name that says what the value is: its own, or that of the list it is an item of. */
        String name() {
            var last = path.getLast();
            return last.equals("[]") && path.size() > 1 ? path.get(path.size() - 2) : last;
        }

        @Override
        public String toString() {
            return String.join(".", path);
        }
    }

    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        root.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, node) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Operation(
                                node.path("operationId").asString(),
                                method.toUpperCase(Locale.ROOT),
                                path,
                                node,
                                body(node)));
                    }
                }));
        return operations;
    }

    /** Every single value that the operation's body may hold, nested ones included. */
    List<Attribute> attributes(Operation operation) {
        return parts(operation).stream().filter(Attribute::isSingle).toList();
    }

    /** The values, and the objects and lists around them, the body itself aside. */
    List<Attribute> parts(Operation operation) {
        return everything(operation).filter(part -> !part.path().isEmpty()).toList();
    }

    /** The body and every object in it. */
    List<Attribute> objects(Operation operation) {
        return everything(operation).filter(Attribute::isObject).toList();
    }

    private Stream<Attribute> everything(Operation operation) {
        return operation.hasBody() ? below(List.of(), operation.body()) : Stream.of();
    }

    private JsonNode body(JsonNode operation) {
        return operation
                .path("requestBody")
                .path("content")
                .valueStream()
                .findFirst()
                .map(content -> resolved(content.path("schema")))
                .orElseGet(MissingNode::getInstance);
    }

    private Stream<Attribute> below(List<String> path, JsonNode any) {
        var schema = resolved(any);
        var found = new ArrayList<Attribute>();
        found.add(new Attribute(path, schema));
        if (schema.has("properties")) {
            schema.path("properties")
                    .forEachEntry((name, property) ->
                            below(and(path, onWire(name)), property).forEach(found::add));
        } else if (schema.has("items")) {
            below(and(path, "[]"), schema.path("items")).forEach(found::add);
        }
        return found.stream();
    }

    private static List<String> and(List<String> path, String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    static String onWire(String name) {
        return CAPITAL.matcher(name).replaceAll("_$1").toLowerCase(Locale.ROOT);
    }

    /** Behind references and "this or null". */
    JsonNode resolved(JsonNode schema) {
        if (schema.has("$ref")) {
            return resolved(root.path("components")
                    .path("schemas")
                    .path(schema.path("$ref").asString().replaceFirst(".*/", "")));
        }
        return Stream.of("anyOf", "oneOf", "allOf")
                .flatMap(several -> schema.path(several).valueStream())
                .filter(alternative -> !alternative.path("type").asString("").equals("null"))
                .findFirst()
                .map(this::resolved)
                .orElse(schema);
    }
}
