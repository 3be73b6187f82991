package io.evenkeel.testing;

import io.evenkeel.platform.web.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Notes which operations the tests of this JVM had answered with success, as {@code GET /path/{with}/{variables}}, and
 * the ids of the requests that wrote.
 */
@TestConfiguration(proxyBeanMethods = false)
public class ServedOperations implements WebMvcConfigurer {

    private static final Set<String> SERVED = ConcurrentHashMap.newKeySet();

    private static final Map<String, Set<String>> WRITES = new ConcurrentHashMap<>();

    public static Set<String> names() {
        return Set.copyOf(SERVED);
    }

    /** Ids of requests by the operation that they had done, of those that write. */
    public static Map<String, Set<String>> writes() {
        return Map.copyOf(WRITES);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public void afterCompletion(
                    HttpServletRequest request,
                    HttpServletResponse response,
                    Object handler,
                    @Nullable Exception failure) {
                if (response.getStatus() < 300) {
                    var name = request.getMethod() + " "
                            + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
                    SERVED.add(name);
                    if (!request.getMethod().equals("GET") && !"true".equals(request.getParameter("dry_run"))) {
                        WRITES.computeIfAbsent(name, fresh -> ConcurrentHashMap.newKeySet())
                                .add(Objects.requireNonNull(response.getHeader(RequestId.HEADER)));
                    }
                }
            }
        });
    }
}
