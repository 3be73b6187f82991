package io.evenkeel.platform.web;

import io.evenkeel.platform.error.ErrorAnswer;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body once, up to its limit, before anything else reads it: the request signature covers its bytes, and
 * nothing behind this filter can be made to read more.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public class BodyLimitFilter extends OncePerRequestFilter {

    /** Bytes. */
    public static final int LIMIT = 1 << 20;

    private static final String BODY = BodyLimitFilter.class.getName() + ".body";

    private final JsonMapper json;

    BodyLimitFilter(JsonMapper json) {
        this.json = json;
    }

    /** The bytes of the request's body as they came, empty when it had none. */
    public static byte[] bodyOf(HttpServletRequest request) {
        return request.getAttribute(BODY) instanceof byte[] bytes ? bytes : new byte[0];
    }

    /** Lets a request that is made inside this process carry its body. */
    public static void carry(HttpServletRequest request, byte[] bytes) {
        request.setAttribute(BODY, bytes);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var bytes = request.getInputStream().readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
            refuse(response);
            return;
        }
        carry(request, bytes);
        chain.doFilter(new BufferedRequest(request, bytes), response);
    }

    private void refuse(HttpServletResponse response) throws IOException {
        var code = ErrorCode.BODY_TOO_LARGE;
        response.setStatus(code.status().value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader("Connection", "close");
        json.writeValue(
                response.getOutputStream(),
                new ErrorAnswer(code.vendorCode(), code.message(LIMIT), RequestId.current()));
    }

    private static final class BufferedRequest extends HttpServletRequestWrapper {
        private final byte[] bytes;

        BufferedRequest(HttpServletRequest request, byte[] bytes) {
            super(request);
            this.bytes = bytes;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new BufferedBody(bytes);
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
