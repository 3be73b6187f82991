package io.evenkeel.platform.web;

import io.evenkeel.platform.error.ErrorCode;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the server sends what failed in front of every controller: in a filter, or in the server's own reading of the
 * request. Hands it on to the one error handler.
 */
@Hidden
@RestController
class ServerErrors implements ErrorController {

    @RequestMapping("/error")
    void refuse(HttpServletRequest request) throws Exception {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception failure) {
            throw failure;
        }
        throw codeOf(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE), request);
    }

    private static RuntimeException codeOf(@Nullable Object status, HttpServletRequest request) {
        return switch (status) {
            case Integer notFound when notFound == 404 -> ErrorCode.NO_SUCH_API.with();
            case Integer method when method == 405 -> ErrorCode.METHOD_NOT_ALLOWED.with(request.getMethod());
            case Integer refused when refused < 500 -> ErrorCode.INVALID_INPUT.with("request", "it is malformed");
            case null, default -> new IllegalStateException("The server failed with status " + status);
        };
    }
}
