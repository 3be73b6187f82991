package io.evenkeel.identity.access;

import io.evenkeel.identity.Sealing;
import io.evenkeel.platform.error.ElbException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Establishes the caller where credentials were sent; wrong ones are refused whatever the path. */
final class AuthenticationFilter extends OncePerRequestFilter {

    private final Authenticator authenticator;
    private final Refusals refusals;

    AuthenticationFilter(Authenticator authenticator, Refusals refusals) {
        this.authenticator = authenticator;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            authenticator
                    .identify(request)
                    .ifPresent(caller -> SecurityContextHolder.setContext(
                            new SecurityContextImpl(new CallerAuthentication(caller))));
        } catch (ElbException | DataAccessException | TransactionException | Sealing.SealBrokenException e) {
            refusals.answer(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }
}
