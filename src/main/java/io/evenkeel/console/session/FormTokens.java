package io.evenkeel.console.session;

import io.evenkeel.identity.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * What every form carries (against CSRF): derived from the session's cookie, or before the sign-in from one that the
 * sign-in page sets. Nothing is stored, so any node checks it.
 */
final class FormTokens implements CsrfTokenRepository {

    private static final String MADE = FormTokens.class.getName() + ".made";

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        var made = RandomText.next();
        request.setAttribute(MADE, made);
        return of(made);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token != null && request.getAttribute(MADE) instanceof Secret made) {
            Cookies.BROWSER.write(request, response, made);
        }
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return Cookies.SESSION
                .read(request)
                .or(() -> Cookies.BROWSER.read(request))
                .map(FormTokens::of)
                .orElse(null);
    }

    private static CsrfToken of(Secret basis) {
        return new DefaultCsrfToken(
                "X-CSRF-TOKEN", "_csrf", HexFormat.of().formatHex(Digests.of("form", basis.value())));
    }
}
