package io.evenkeel.audit.record;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last net below types that hide themselves ({@code identity.Secret}): what is named like a secret, or is a private
 * key in PEM, is not written down, whoever forgot to hide it.
 */
final class Redaction {

    static final String HIDDEN = "***";

    private static final Pattern NAME = Pattern.compile(
            "(.*_)?(secret|secrets|secret_key|password|passphrase|private_key|token)(_.*)?", Pattern.CASE_INSENSITIVE);
    private static final String PEM = "PRIVATE KEY-----";

    private Redaction() {}

    static boolean isSecret(String attribute) {
        return NAME.matcher(attribute).matches();
    }

    /** The value without secrets; the given tree may be changed. */
    static JsonNode redact(String attribute, JsonNode value) {
        return isSecret(attribute) && !value.isNull() ? hidden() : redact(value);
    }

    private static JsonNode redact(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> object.set(name, redact(name, object.get(name))));
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, redact(array.get(i)));
            }
        } else if (value.isString() && value.stringValue().contains(PEM)) {
            return hidden();
        }
        return value;
    }

    private static JsonNode hidden() {
        return JsonNodeFactory.instance.stringNode(HIDDEN);
    }
}
