package io.evenkeel.console.session;

import io.evenkeel.identity.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** The console's two cookies. Scripts cannot read them, other sites cannot send them, and the API never gets them. */
enum Cookies {
    /** Names the session. */
    SESSION("evenkeel_console"),
    /** Tells browsers apart before anybody signed in, for the token of the sign-in form. */
    BROWSER("evenkeel_browser");

    private static final String PATH = "/console";

    private final String cookie;

    Cookies(String cookie) {
        this.cookie = cookie;
    }

    Optional<Secret> read(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, cookie))
                .map(found -> new Secret(found.getValue()))
                .filter(found -> !found.value().isEmpty());
    }

    void write(HttpServletRequest request, HttpServletResponse response, Secret value) {
        response.addHeader(HttpHeaders.SET_COOKIE, of(request, value.value(), -1));
    }

    void delete(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, of(request, "", 0));
    }

    /** @param seconds -1 for as long as the browser runs */
    private String of(HttpServletRequest request, String value, int seconds) {
        return ResponseCookie.from(cookie, value)
                .path(PATH)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .maxAge(seconds)
                .build()
                .toString();
    }
}
