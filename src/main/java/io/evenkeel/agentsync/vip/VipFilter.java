package io.evenkeel.agentsync.vip;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Answers {@code /vips/{address}} in front of everything else, to anybody who reaches the management port. */
final class VipFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final String PATH = "/vips/";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final transient Vips vips;
    private final transient JsonMapper json;

    VipFilter(Vips vips, JsonMapper json) {
        this.vips = vips;
        this.json = json;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        if (!READING.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", READING));
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        var answer = vips.answer(address(request));
        response.setStatus(answer.status());
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getOutputStream().write(json.writeValueAsBytes(answer));
    }

    private static String address(HttpServletRequest request) {
        var uri = request.getRequestURI();
        int from = uri.indexOf(PATH);
        try {
            return from < 0 ? "" : URLDecoder.decode(uri.substring(from + PATH.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
