package io.evenkeel.console.api;

import io.evenkeel.identity.Callers;
import io.evenkeel.platform.web.BodyLimitFilter;
import io.evenkeel.platform.web.RequestId;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls the API on behalf of who is signed in: through the same security chain, dispatcher and controllers as a call from
 * outside, on the same thread and with the same request id, so that roles, validation, the write door, the audit and
 * every message are the API's own (docs/adr/0013). Only within a request of the console.
 */
@Component
public class ConsoleApi {

    private static final String JSON = "application/json";

    private final ObjectProvider<Filter> security;
    private final ObjectProvider<DispatcherServlet> dispatcher;
    private final JsonMapper json;

    ConsoleApi(
            @Qualifier("springSecurityFilterChain") ObjectProvider<Filter> security,
            @Qualifier("dispatcherServlet") ObjectProvider<DispatcherServlet> dispatcher,
            JsonMapper json) {
        this.security = security;
        this.dispatcher = dispatcher;
        this.json = json;
    }

    /**
     * What the operation answers.
     *
     * @throws ApiRefusal when it answers no success
     */
    public Tree get(Target target) {
        return send("GET", target, null).orRefuse();
    }

    /**
     * Any operation, whatever it answers.
     *
     * @param body made to JSON, names as they are; null for none
     */
    public ApiAnswer send(String method, Target target, @Nullable Object body) {
        byte[] bytes = body == null ? new byte[0] : json.writeValueAsBytes(body);
        var outer = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
        var response = new ApiResponse(responseOf());
        var request =
                new ApiRequest(outer, method, target, bytes, body == null ? Map.of() : Map.of("Content-Type", JSON));
        request.setAttribute(Callers.CARRIED, Callers.current());
        BodyLimitFilter.carry(request, bytes);
        response.setHeader(RequestId.HEADER, RequestId.current());
        dispatch(request, response);
        return new ApiAnswer(response.getStatus(), tree(response), response.headers());
    }

    private static HttpServletResponse responseOf() {
        return Objects.requireNonNull(
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getResponse());
    }

    /** The chain of filters clears what it set; what the console's own request set comes back. */
    private void dispatch(HttpServletRequest request, ApiResponse response) {
        var context = SecurityContextHolder.getContext();
        var attributes = RequestContextHolder.currentRequestAttributes();
        try {
            security.getObject()
                    .doFilter(
                            request,
                            response,
                            (inner, answer) -> dispatcher.getObject().service(inner, answer));
        } catch (IOException | ServletException e) {
            throw new IllegalStateException("A call inside this process failed", e);
        } finally {
            SecurityContextHolder.setContext(context);
            RequestContextHolder.setRequestAttributes(attributes);
        }
    }

    private Tree tree(ApiResponse response) {
        var bytes = response.bytes();
        return new Tree(bytes.length == 0 ? MissingNode.getInstance() : json.readTree(bytes));
    }
}
