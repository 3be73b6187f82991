package io.evenkeel.identity.access;

import io.evenkeel.identity.Caller;
import io.evenkeel.identity.Callers;
import io.evenkeel.identity.Secret;
import io.evenkeel.identity.Tokens;
import io.evenkeel.identity.signature.SignatureVerifier;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.BodyLimitFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/** Who sent a request: by its signature, or else by its token (wire contract, auth.md §3). */
@Component
class Authenticator {

    private static final String TOKEN_HEADER = "X-Auth-Token";
    private static final String BEARER = "Bearer ";

    /** Prometheus' operator can send a token in no header but Authorization; the wire contract knows X-Auth-Token alone. */
    private final RequestMatcher takesBearer = EndpointRequest.toAnyEndpoint().excluding(HealthEndpoint.class);

    private final Tokens tokens;
    private final SignatureVerifier signatures;

    Authenticator(Tokens tokens, SignatureVerifier signatures) {
        this.tokens = tokens;
        this.signatures = signatures;
    }

    /**
     * The caller, or empty when the request carries no credentials. Error: {@link ErrorCode#UNAUTHENTICATED} when they
     * are wrong.
     */
    Optional<Caller> identify(HttpServletRequest request) {
        if (request.getAttribute(Callers.CARRIED) instanceof Caller carried) {
            return Optional.of(carried);
        }
        if (isSigned(request)) {
            return Optional.of(signatures.verify(request, BodyLimitFilter.bodyOf(request)));
        }
        List<String> sent = Collections.list(request.getHeaders(TOKEN_HEADER));
        return switch (sent.size()) {
            case 0 -> bearer(request).map(this::byToken);
            case 1 -> Optional.of(byToken(new Secret(sent.getFirst())));
            default -> throw ErrorCode.UNAUTHENTICATED.with("X-Auth-Token stands more than once");
        };
    }

    /** By any algorithm: the verifier refuses those it does not know, rather than to look for a token instead. */
    private static boolean isSigned(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Authorization")).stream()
                .anyMatch(scheme -> scheme.startsWith("SDK-") || scheme.startsWith("V11-HMAC-"));
    }

    private Optional<Secret> bearer(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.startsWith(BEARER) && takesBearer.matches(request)
                ? Optional.of(new Secret(header.substring(BEARER.length()).strip()))
                : Optional.empty();
    }

    private Caller byToken(Secret text) {
        return tokens.callerOf(text)
                .orElseThrow(() -> ErrorCode.UNAUTHENTICATED.with("the token is unknown, expired or revoked"));
    }
}
