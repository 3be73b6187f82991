package io.evenkeel.testing;

import io.evenkeel.platform.web.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
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

    /** How the vendor's official SDK for Java names itself. */
    private static final String SDK = "huaweicloud-usdk-java/";

    private static final Map<String, LongAdder> SDK_CALLS = new ConcurrentHashMap<>();

    /** Variables without their names, which differ between those who name them. */
    private static String withoutNames(String operation) {
        return operation.replaceAll("\\{[^}]*}", "{}");
    }

    public static Set<String> names() {
        return Set.copyOf(SERVED);
    }

    /** Ids of requests by the operation that they had done, of those that write. */
    public static Map<String, Set<String>> writes() {
        return Map.copyOf(WRITES);
    }

    /** How often the vendor's official SDK for Java had an operation done. */
    public static long sdkCalls(String operation) {
        var calls = SDK_CALLS.get(withoutNames(operation));
        return calls == null ? 0 : calls.sum();
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
                // A page of the console is no operation; those that it calls come by here themselves.
                if (response.getStatus() < 300 && !request.getRequestURI().startsWith("/console")) {
                    var name = request.getMethod() + " "
                            + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
                    SERVED.add(name);
                    if (Objects.requireNonNullElse(request.getHeader("User-Agent"), "")
                            .startsWith(SDK)) {
                        SDK_CALLS
                                .computeIfAbsent(withoutNames(name), fresh -> new LongAdder())
                                .increment();
                    }
                    if (!request.getMethod().equals("GET") && !"true".equals(request.getParameter("dry_run"))) {
                        WRITES.computeIfAbsent(name, fresh -> ConcurrentHashMap.newKeySet())
                                .add(Objects.requireNonNull(response.getHeader(RequestId.HEADER)));
                    }
                }
            }
        });
    }
}
