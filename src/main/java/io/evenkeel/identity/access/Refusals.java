package io.evenkeel.identity.access;

import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers what is refused in front of the controllers just as they would: through the one error handler. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final HandlerExceptionResolver errors;

    Refusals(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        this.errors = errors;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Exception failure) {
        if (errors.resolveException(request, response, null, failure) == null) {
            throw new IllegalStateException("Nothing answers this failure", failure);
        }
    }

    /** No credentials came with the request. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException missing) {
        answer(request, response, ErrorCode.UNAUTHENTICATED.with("the request carries no credentials"));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied) {
        answer(request, response, reason(denied));
    }

    private static ElbException reason(AccessDeniedException denied) {
        return denied instanceof AuthorizationDeniedException decision
                        && decision.getAuthorizationResult() instanceof Refused refused
                ? refused.reason()
                : ErrorCode.FORBIDDEN.with("The credentials do not allow this call");
    }

    /** A path or header that could be read in two ways. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected) {
        answer(request, response, ErrorCode.INVALID_INPUT.with("request", "its path or a header is malformed"));
    }
}
