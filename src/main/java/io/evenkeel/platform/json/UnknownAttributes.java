package io.evenkeel.platform.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/** Collects every attribute that a request body names and we do not know, so that one refusal can list them all. */
final class UnknownAttributes extends DeserializationProblemHandler {

    private static final String NAMES = UnknownAttributes.class.getName();

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            ValueDeserializer<?> deserializer,
            @Nullable Object beanOrClass,
            String name) {
        var request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            names(request).add(spelled(parser));
        }
        parser.skipChildren();
        return true;
    }

    /** Where it stands below the wrapper, {@code autoscaling.no_such_name}; in a list with its index. */
    private static String spelled(JsonParser parser) {
        var steps = parser.streamReadContext()
                .pathAsPointer()
                .toString()
                .substring(1)
                .split("/", -1);
        boolean isWrapped = steps.length > 1 && !isIndex(steps[1]);
        var text = new StringBuilder();
        for (int i = isWrapped ? 1 : 0; i < steps.length; i++) {
            if (isIndex(steps[i])) {
                text.append('[').append(steps[i]).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".")
                        .append(steps[i].replace("~1", "/").replace("~0", "~"));
            }
        }
        return text.toString();
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty() && step.chars().allMatch(Character::isDigit);
    }

    static List<String> takeFrom(RequestAttributes request) {
        var names = names(request);
        request.removeAttribute(NAMES, RequestAttributes.SCOPE_REQUEST);
        return names;
    }

    @SuppressWarnings("unchecked")
    private static List<String> names(RequestAttributes request) {
        var names = (List<String>) request.getAttribute(NAMES, RequestAttributes.SCOPE_REQUEST);
        if (names == null) {
            names = new ArrayList<>();
            request.setAttribute(NAMES, names, RequestAttributes.SCOPE_REQUEST);
        }
        return names;
    }
}
