package io.evenkeel.platform.openapi.schema;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which schemas of a document others refer to, at any depth. */
public final class Reach {

    private static final String PREFIX = "#/components/schemas/";

    private final OpenAPI document;
    private final Set<String> found = new LinkedHashSet<>();

    private Reach(OpenAPI document) {
        this.document = document;
    }

    /** Names of the schemas that clients send. */
    public static Set<String> ofRequests(OpenAPI document) {
        var reach = new Reach(document);
        operations(document)
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .forEach(body -> reach.visit(body.getContent()));
        return reach.found;
    }

    /** Names of the schemas that clients get. */
    public static Set<String> ofAnswers(OpenAPI document) {
        var reach = new Reach(document);
        operations(document)
                .flatMap(operation -> operation.getResponses().values().stream())
                .forEach(response -> reach.visit(response.getContent()));
        if (document.getComponents().getResponses() != null) {
            document.getComponents().getResponses().values().forEach(response -> reach.visit(response.getContent()));
        }
        return reach.found;
    }

    public static Stream<Operation> operations(OpenAPI document) {
        return document.getPaths().values().stream().flatMap(path -> path.readOperations().stream());
    }

    /** The schema itself, or the one it refers to. */
    public static Schema<?> resolve(OpenAPI document, Schema<?> schema) {
        return schema.get$ref() == null
                ? schema
                : Objects.requireNonNull(document.getComponents().getSchemas().get(nameOf(schema.get$ref())));
    }

    public static String nameOf(String ref) {
        return ref.substring(PREFIX.length());
    }

    private void visit(@Nullable Content content) {
        if (content != null) {
            content.values().forEach(media -> visit(media.getSchema()));
        }
    }

    private void visit(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null && found.add(nameOf(schema.get$ref()))) {
            visit(resolve(document, schema));
        }
        visit(schema.getItems());
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::visit);
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(this::visit);
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            visit(values);
        }
    }
}
