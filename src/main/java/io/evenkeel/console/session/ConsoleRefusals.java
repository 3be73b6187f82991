package io.evenkeel.console.session;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.util.UriUtils;

/** Sends whoever is not signed in to sign in, and then back; shows who sent no form of ours a page that says so. */
final class ConsoleRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final String PATH = "/console/refused";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException missing)
            throws IOException {
        var way = SignInController.PATH + "?next=" + UriUtils.encode(wanted(request), StandardCharsets.UTF_8);
        if (request.getHeader("HX-Request") != null) {
            // A part of a page that is open: the page as a whole has to go.
            response.setHeader("HX-Redirect", way);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect(way);
        }
    }

    private static String wanted(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") || !request.getRequestURI().startsWith("/console/")) {
            return SignInController.START;
        }
        var query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        request.getRequestDispatcher(PATH).forward(request, response);
    }
}
