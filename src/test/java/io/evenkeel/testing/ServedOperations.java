package io.evenkeel.testing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Notes which operations the tests of this JVM had answered with success, as {@code GET /path/{with}/{variables}}. */
@TestConfiguration(proxyBeanMethods = false)
public class ServedOperations implements WebMvcConfigurer {

    private static final Set<String> SERVED = ConcurrentHashMap.newKeySet();

    public static Set<String> names() {
        return Set.copyOf(SERVED);
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
                    SERVED.add(request.getMethod() + " "
                            + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
                }
            }
        });
    }
}
