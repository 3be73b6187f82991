package io.evenkeel.writes;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;
import tools.jackson.databind.json.JsonMapper;

/** Sends every method of our controllers that writes through the door. */
@Component
class WriteHandling implements WebMvcRegistrations {

    private static final String OURS = "io.evenkeel.";
    private static final Set<RequestMethod> READING = Set.of(RequestMethod.GET, RequestMethod.HEAD);

    private final ObjectProvider<WriteDoor> door;
    private final ObjectProvider<Generations> generations;
    private final ObjectProvider<JsonMapper> json;
    private final SingletonSupplier<Map<String, HandlerMethod>> readings;

    WriteHandling(
            ObjectProvider<WriteDoor> door,
            ObjectProvider<Generations> generations,
            ObjectProvider<JsonMapper> json,
            ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.door = door;
        this.generations = generations;
        this.json = json;
        this.readings = SingletonSupplier.of(() -> readings(mappings));
    }

    /** The reading operations by their path pattern. */
    private static Map<String, HandlerMethod> readings(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry -> isOurs(entry.getValue())
                        && entry.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(entry ->
                        entry.getKey().getPatternValues().stream().map(pattern -> Map.entry(pattern, entry.getValue())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    private static boolean isOurs(HandlerMethod method) {
        return method.getBeanType().getName().startsWith(OURS);
    }

    /** What answers data. A page writes nothing itself: it calls operations. */
    private static boolean isOperation(HandlerMethod method) {
        return AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class);
    }

    private static boolean isWriting(HandlerMethod method) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return isOurs(method)
                && isOperation(method)
                && mapping != null
                && !READING.containsAll(Set.of(mapping.method()));
    }

    @Override
    public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new RequestMappingHandlerAdapter() {
            @Override
            protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod method) {
                return isWriting(method)
                        ? new WriteHandlerMethod(
                                method, reading(), door.getObject(), generations.getObject(), json.getObject())
                        : super.createInvocableHandlerMethod(method);
            }
        };
    }

    private @Nullable HandlerMethod reading() {
        var pattern = RequestContextHolder.currentRequestAttributes()
                .getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        // Only a path that ends with an id names one resource.
        return pattern == null || !pattern.toString().endsWith("_id}")
                ? null
                : readings.obtain().get(pattern.toString());
    }
}
