package io.evenkeel.audit.record;

import io.evenkeel.identity.Callers;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Where a write comes from.
 *
 * @param projectId the caller's, for what belongs to no project; empty outside a request
 * @param requestId null outside a request, like role and address
 * @param caller access key or id of the token, or {@link #SYSTEM}
 * @param operation the operationId of the API document
 */
record Origin(
        String projectId,
        @Nullable String requestId,
        String caller,
        @Nullable String role,
        @Nullable String sourceAddress,
        String operation) {

    static final String SYSTEM = "system";

    private static final Origin OF_SYSTEM = new Origin("", null, SYSTEM, null, null, SYSTEM);

    /** Of the request that this thread serves, or the system's own. */
    static Origin current() {
        var request = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
        return request == null ? OF_SYSTEM : of(request);
    }

    private static Origin of(HttpServletRequest request) {
        var operation = operationOf(request);
        return Callers.find()
                .map(caller -> new Origin(
                        caller.projectId(),
                        RequestId.current(),
                        caller.accessKeyId() == null ? String.valueOf(caller.tokenId()) : caller.accessKeyId(),
                        caller.role().name().toLowerCase(Locale.ROOT),
                        request.getRemoteAddr(),
                        operation))
                .orElseGet(() -> new Origin("", RequestId.current(), SYSTEM, null, request.getRemoteAddr(), operation));
    }

    private static String operationOf(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler) {
            var operation = handler.getMethodAnnotation(Operation.class);
            if (operation != null && !operation.operationId().isEmpty()) {
                return operation.operationId();
            }
        }
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return request.getMethod() + " " + (pattern == null ? request.getRequestURI() : pattern);
    }
}
