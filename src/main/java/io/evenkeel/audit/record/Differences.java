package io.evenkeel.audit.record;

import io.evenkeel.platform.write.ResourceWritten;
import java.util.LinkedHashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a write changed: {@code {attribute: {before, after}}} of the attributes that differ, secrets hidden. */
@Component
class Differences {

    private final JsonMapper json;

    Differences(JsonMapper json) {
        this.json = json;
    }

    /** A creation has only {@code after}, a deletion only {@code before}. */
    ObjectNode of(ResourceWritten written) {
        var before = Attributes.of(written.before());
        var after = Attributes.of(written.after());
        var names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        var difference = JsonNodeFactory.instance.objectNode();
        for (var name : names) {
            var was = before.get(name);
            var is = after.get(name);
            if (written.before() == null || written.after() == null || !Objects.equals(was, is)) {
                var change = difference.putObject(name);
                if (written.before() != null) {
                    change.set("before", shown(name, was));
                }
                if (written.after() != null) {
                    change.set("after", shown(name, is));
                }
            }
        }
        return difference;
    }

    private JsonNode shown(String name, @Nullable Object value) {
        return Redaction.redact(name, json.valueToTree(value));
    }
}
