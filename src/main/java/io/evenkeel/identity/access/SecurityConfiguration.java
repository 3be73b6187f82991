package io.evenkeel.identity.access;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** One chain for everything: no sessions, no cookies (hence no CSRF), nothing open but what is listed here. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** They tell what the API is, and nothing about this installation. Exact, as project ids stand in this place. */
    private static final String[] OPEN = {
        "/versions",
        "/v3/api-docs",
        "/v3/api-docs/*",
        "/v3/api-docs.yaml",
        "/v3/api-docs.yaml/*",
        "/docs",
        "/swagger-ui/**"
    };

    @Bean
    SecurityFilterChain everyRequest(
            HttpSecurity http, Authenticator authenticator, AccessRules rules, Refusals refusals) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(on -> on.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(new AuthenticationFilter(authenticator, refusals), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> authorize(requests, rules))
                .build();
    }

    private static void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            AccessRules rules) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll() // Dispatched here for a request that was decided on already.
                .requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                .permitAll()
                .requestMatchers(EndpointRequest.toAnyEndpoint())
                .hasRole("ADMIN")
                .requestMatchers(HttpMethod.GET, OPEN)
                .permitAll()
                .anyRequest()
                .access(rules);
    }
}
