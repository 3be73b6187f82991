package io.evenkeel.identity.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import io.evenkeel.identity.Caller;
import io.evenkeel.identity.Role;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * Who may call what, decided by method and path alone, so that no controller can forget it. A path that no rule knows
 * is refused as absent.
 */
@Component
class AccessRules implements AuthorizationManager<RequestAuthorizationContext> {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String PROJECT_HEADER = "X-Project-Id";
    /** What a client sends that was built without a project id. */
    private static final String UNFILLED = "{project_id}";

    private static final RequestMatcher ZONES = pathPattern("/inventory/v1/availability-zones/**");
    private static final RequestMatcher INVENTORY = pathPattern("/inventory/v1/{project_id}/**");
    private static final RequestMatcher QUOTAS = pathPattern("/v3/{project_id}/elb/quotas");
    private static final RequestMatcher ELB = pathPattern("/v3/{project_id}/**");
    /** Tag operations as they were before v3, for clients that still call them so. */
    private static final RequestMatcher TAGS = pathPattern("/v2.0/{project_id}/{kind}/**");

    private static final RequestMatcher IDENTITY = pathPattern("/identity/v1/**");

    private final ProjectService projects;

    AccessRules(ProjectService projects) {
        this.projects = projects;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        var sender = authentication.get();
        if (sender == null || !(sender.getPrincipal() instanceof Caller caller)) {
            return new AuthorizationDecision(false);
        }
        try {
            check(caller, context.getRequest());
            return new AuthorizationDecision(true);
        } catch (ElbException refusal) {
            return new Refused(refusal);
        }
    }

    private void check(Caller caller, HttpServletRequest request) {
        if (ZONES.matches(request)) {
            checkHeader(caller, request);
            checkRole(caller, request, Role.ADMIN);
        } else if (INVENTORY.matches(request)) {
            checkProject(caller, request, INVENTORY);
            checkRole(caller, request, Role.ADMIN);
        } else if (QUOTAS.matches(request)) {
            checkProject(caller, request, QUOTAS);
            checkRole(caller, request, Role.ADMIN);
        } else if (ELB.matches(request)) {
            checkProject(caller, request, ELB);
            checkRole(caller, request, Role.OPERATOR);
        } else if (TAGS.matches(request)) {
            checkProject(caller, request, TAGS);
            checkRole(caller, request, Role.OPERATOR);
        } else if (IDENTITY.matches(request)) {
            checkHeader(caller, request);
            checkRole(caller, Role.ADMIN);
        } else {
            throw ErrorCode.NO_SUCH_API.with();
        }
    }

    private void checkProject(Caller caller, HttpServletRequest request, RequestMatcher path) {
        var projectId = path.matcher(request).getVariables().getOrDefault("project_id", "");
        if (projectId.equals(UNFILLED)) {
            throw ErrorCode.INVALID_INPUT.with("project_id", "the client was built without a project id");
        }
        checkProject(caller, projectId);
        for (var named : Collections.list(request.getHeaders(PROJECT_HEADER))) {
            if (!named.equals(projectId)) {
                throw foreign(named);
            }
        }
    }

    private void checkHeader(Caller caller, HttpServletRequest request) {
        for (var named : Collections.list(request.getHeaders(PROJECT_HEADER))) {
            checkProject(caller, named);
        }
    }

    private void checkProject(Caller caller, String projectId) {
        if (projectId.equals(caller.projectId())) {
            return;
        }
        if (caller.role() != Role.ADMIN) {
            throw foreign(projectId);
        }
        if (!projects.exists(projectId)) {
            throw ErrorCode.NOT_FOUND.with("project", projectId);
        }
    }

    /** The same words whether the project exists or not. */
    private static ElbException foreign(String projectId) {
        return ErrorCode.FORBIDDEN.with("The credentials do not belong to the project " + projectId);
    }

    private static void checkRole(Caller caller, HttpServletRequest request, Role toWrite) {
        checkRole(caller, READING.contains(request.getMethod()) ? Role.READER : toWrite);
    }

    private static void checkRole(Caller caller, Role needed) {
        if (!caller.role().includes(needed)) {
            throw ErrorCode.FORBIDDEN.with("The call needs the role " + needed.onWire() + ", the credentials have "
                    + caller.role().onWire());
        }
    }
}
