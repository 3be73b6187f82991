package io.evenkeel.platform.openapi;

import io.evenkeel.platform.openapi.schema.Reach;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An example of each body, made from its schema and {@link Attributes}. A request shows what it must have and what
 * {@code example} rows of its own schema name; an answer shows all it has.
 */
final class Examples {

    private static final Set<String> OF_WRITES_ALONE = Set.of("warnings", "plan");
    private static final int DEEPEST = 8;
    private static final Pattern ID = Pattern.compile("(^|_)ids?(\\[])?$");
    private static final Pattern ROLE = Pattern.compile("(Response|IdRef|Ref|Node|Info|Observed)$");

    private final OpenAPI document;
    private final Attributes attributes;
    private final Deque<String> within = new ArrayDeque<>();
    private boolean isRequest;

    private Examples(OpenAPI document, Attributes attributes) {
        this.document = document;
        this.attributes = attributes;
    }

    static void describe(OpenAPI document, Attributes attributes) {
        var examples = new Examples(document, attributes);
        Reach.operations(document).forEach(examples::describe);
    }

    private void describe(Operation operation) {
        isRequest = true;
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().getContent().values().stream()
                    .filter(media -> media.getExample() == null)
                    .forEach(media -> media.setExample(value("", "", media.getSchema())));
        }
        isRequest = false;
        operation.getResponses().forEach((status, response) -> {
            if (Answers.isSuccess(status) && response.getContent() != null) {
                response.getContent().values().stream()
                        .filter(media -> media.getExample() == null)
                        .forEach(media -> media.setExample(value("", "", media.getSchema())));
            }
        });
    }

    private @Nullable Object value(String owner, String name, Schema<?> schema) {
        if (schema.getAnyOf() != null) {
            return isNull(attributes.example(owner, name))
                    ? null
                    : value(owner, name, schema.getAnyOf().getFirst());
        }
        var resolved = Reach.resolve(document, schema);
        var known = attributes.example(owner, name);
        if (known != null && Fit.of(known.value(), resolved)) {
            return known.value();
        }
        var inner = schema.get$ref() == null ? owner : Reach.nameOf(schema.get$ref());
        if (resolved.getProperties() != null) {
            return object(inner, resolved);
        } else if (resolved.getItems() != null) {
            return within.size() > DEEPEST ? List.of() : list(owner, name, resolved);
        }
        return simple(owner, name, resolved);
    }

    private static boolean isNull(Attributes.@Nullable Example example) {
        return example != null && example.value() == null;
    }

    private List<?> list(String owner, String name, Schema<?> list) {
        var items = list.getItems();
        var ref = items.get$ref();
        if (ref != null && within.contains(Reach.nameOf(ref))) {
            return List.of();
        }
        var item = value(owner, name + "[]", items);
        int count = list.getMinItems() == null ? 1 : Math.max(1, list.getMinItems());
        return item == null ? List.of() : Collections.nCopies(count, item);
    }

    private Map<String, Object> object(String schemaName, Schema<?> schema) {
        within.push(schemaName);
        var object = new LinkedHashMap<String, Object>();
        schema.getProperties().forEach((name, property) -> {
            if (isShown(schemaName, schema, name)) {
                object.put(name, value(schemaName, name, property));
            }
        });
        within.pop();
        return object;
    }

    private boolean isShown(String schemaName, Schema<?> schema, String name) {
        if (!isRequest) {
            return !OF_WRITES_ALONE.contains(name) || schemaName.equals("DryRunAnswer");
        }
        boolean isRequired =
                schema.getRequired() != null && schema.getRequired().contains(name);
        return isRequired
                || attributes.isShown(schemaName, name)
                || (schema.getRequired() == null && !attributes.isShownAtAll(schemaName) && isFirst(schema, name));
    }

    private static boolean isFirst(Schema<?> schema, String name) {
        return schema.getProperties().keySet().iterator().next().equals(name);
    }

    private @Nullable Object simple(String owner, String name, Schema<?> schema) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().getFirst();
        }
        var types = schema.getTypes();
        boolean isUuid = "uuid".equals(schema.getFormat()) || ID.matcher(name).find();
        if (types == null || (types.contains("null") && !isUuid && !isRequest)) {
            return null;
        } else if (types.contains("boolean")) {
            return false;
        } else if (types.contains("integer") || types.contains("number")) {
            return schema.getMinimum() == null ? 0 : schema.getMinimum();
        } else if (types.contains("object")) {
            return Map.of();
        }
        return isUuid ? uuid(owner, name) : name.replace("[]", "");
    }

    /** The same for a resource and for what refers to it. */
    private static String uuid(String owner, String name) {
        var noun = name.equals("id")
                ? ROLE.matcher(owner).replaceFirst("")
                : ID.matcher(name).replaceFirst("");
        var seed = noun.replace("_", "").toLowerCase(Locale.ROOT);
        var random =
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        return "0199a3c2-" + random.substring(9, 14) + "7" + random.substring(15);
    }
}
