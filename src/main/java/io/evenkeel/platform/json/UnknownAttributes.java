package io.evenkeel.platform.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
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
            names(request).add(spelled(aroundOwner(parser, context.getParser()), name));
        }
        parser.skipChildren();
        return true;
    }

    /** Where it stands below the wrapper, {@code autoscaling.no_such_name}; in a list with its index. */
    private static String spelled(TokenStreamContext aroundOwner, String name) {
        var text = new StringBuilder(name);
        for (var step = aroundOwner; step != null && !step.inRoot(); step = step.getParent()) {
            boolean isWrapper = step.inObject()
                    && step.getParent().inRoot()
                    && !text.toString().startsWith("[");
            if (step.inArray()) {
                text.insert(0, "[" + step.getCurrentIndex() + "].");
            } else if (!isWrapper) {
                text.insert(0, step.currentName() + (text.charAt(0) == '[' ? "" : "."));
            }
        }
        return text.toString();
    }

    /**
     * What holds the object that has the name. The body's own parser tells: of a record, unknown names come from a
     * buffer that does not know where it was filled, once the record was read to its end or has all it needs.
     */
    private static TokenStreamContext aroundOwner(JsonParser parser, JsonParser body) {
        var context = body.streamReadContext();
        boolean isBehindOwner = !parser.equals(body) && body.hasToken(JsonToken.END_OBJECT);
        if (isBehindOwner) {
            return context;
        }
        boolean isInValue = parser.equals(body) && body.currentToken().isStructStart();
        return isInValue ? context.getParent().getParent() : context.getParent();
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
