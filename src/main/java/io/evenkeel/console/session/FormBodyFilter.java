package io.evenkeel.console.session;

import io.evenkeel.platform.web.BodyLimitFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes the fields of a form the request's parameters: its body was read already, by {@link BodyLimitFilter}. */
final class FormBodyFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(isForm(request) ? new FormRequest(request) : request, response);
    }

    private static boolean isForm(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    private static final class FormRequest extends HttpServletRequestWrapper {

        private final Map<String, String[]> parameters;

        FormRequest(HttpServletRequest request) {
            super(request);
            parameters = parameters(request);
        }

        private static Map<String, String[]> parameters(HttpServletRequest request) {
            var all = new LinkedHashMap<String, List<String>>();
            request.getParameterMap().forEach((name, values) -> all.put(name, new ArrayList<>(List.of(values))));
            var body = new String(BodyLimitFilter.bodyOf(request), StandardCharsets.UTF_8);
            for (var pair : body.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int end = pair.indexOf('=');
                    var name = decode(end < 0 ? pair : pair.substring(0, end));
                    all.computeIfAbsent(name, fresh -> new ArrayList<>())
                            .add(end < 0 ? "" : decode(pair.substring(end + 1)));
                }
            }
            return all.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> entry.getValue().toArray(String[]::new),
                            (one, other) -> one,
                            LinkedHashMap::new));
        }

        /** What is no percent code is taken as it stands; it comes from no browser. */
        private static String decode(String text) {
            try {
                return URLDecoder.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return text;
            }
        }

        @Override
        public @Nullable String getParameter(String name) {
            var values = parameters.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            var values = parameters.get(name);
            return values == null ? null : values.clone();
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }
    }
}
