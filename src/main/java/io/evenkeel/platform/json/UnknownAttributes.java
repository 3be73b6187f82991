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
            names(request).add(name);
        }
        parser.skipChildren();
        return true;
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
