package io.evenkeel.writes;

import io.evenkeel.platform.error.ErrorAnswer;
import io.evenkeel.platform.write.Warnings;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts the write's warnings beside the resource, and the resource's ETag into the header. */
@ControllerAdvice
class AnswerAdvice implements ResponseBodyAdvice<Object> {

    private final EntityTags tags;
    private final JsonMapper json;

    AnswerAdvice(EntityTags tags, JsonMapper json) {
        this.tags = tags;
        this.json = json;
    }

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converterType) {
        return method.getContainingClass().getName().startsWith("io.evenkeel.");
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converterType,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof Record) || body instanceof ErrorAnswer) {
            return body;
        }
        if (isAboutOneResource(request)) {
            tags.of(body).ifPresent(tag -> response.getHeaders().set(HttpHeaders.ETAG, tag));
        }
        var warnings = Warnings.current();
        if (warnings.isEmpty()) {
            return body;
        }
        JsonNode tree = json.valueToTree(body);
        if (tree instanceof ObjectNode object) {
            object.set("warnings", json.valueToTree(warnings));
        }
        return tree;
    }

    private static boolean isAboutOneResource(ServerHttpRequest request) {
        return request instanceof ServletServerHttpRequest servlet && isAboutOneResource(servlet.getServletRequest());
    }

    /** Its path ends with an id, or it creates what then has one. */
    static boolean isAboutOneResource(HttpServletRequest request) {
        var pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return pattern.endsWith("_id}") || HttpMethod.POST.matches(request.getMethod());
    }
}
