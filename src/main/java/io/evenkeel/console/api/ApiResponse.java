package io.evenkeel.console.api;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.util.MultiValueMap;

/** Takes what the API answers to a call inside this process; nothing of it reaches the browser. */
final class ApiResponse extends HttpServletResponseWrapper {

    private final MultiValueMap<String, String> headers =
            CollectionUtils.toMultiValueMap(new LinkedCaseInsensitiveMap<>());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    private int status = SC_OK;

    ApiResponse(HttpServletResponse outer) {
        super(outer);
    }

    byte[] bytes() {
        writer.flush();
        return bytes.toByteArray();
    }

    MultiValueMap<String, String> headers() {
        return headers;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Sink();
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setStatus(int status) {
        this.status = status;
    }

    @Override
    public void sendError(int error) {
        status = error;
    }

    @Override
    public void sendError(int error, String message) {
        status = error;
    }

    @Override
    public void sendRedirect(String location) {
        status = SC_FOUND;
    }

    @Override
    public void addCookie(Cookie cookie) {
        throw new IllegalStateException("The API sets no cookies");
    }

    @Override
    public void setHeader(String name, String value) {
        headers.set(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        headers.add(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        headers.set(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        headers.add(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        headers.set(name, Long.toString(date));
    }

    @Override
    public void addDateHeader(String name, long date) {
        headers.add(name, Long.toString(date));
    }

    @Override
    public boolean containsHeader(String name) {
        return headers.containsKey(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.getFirst(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public Collection<String> getHeaderNames() {
        return headers.keySet();
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader(HttpHeaders.CONTENT_TYPE);
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (type != null) {
            setHeader(HttpHeaders.CONTENT_TYPE, type);
        }
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public void setCharacterEncoding(String charset) {
        // Always UTF-8.
    }

    @Override
    public void setContentLength(int length) {
        // It is counted when it is here.
    }

    @Override
    public void setContentLengthLong(long length) {
        // It is counted when it is here.
    }

    @Override
    public void setLocale(Locale locale) {
        // The API speaks one language.
    }

    @Override
    public void setBufferSize(int size) {
        // All of it is kept.
    }

    @Override
    public void flushBuffer() {
        writer.flush();
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void reset() {
        headers.clear();
        status = SC_OK;
        resetBuffer();
    }

    @Override
    public void resetBuffer() {
        writer.flush();
        bytes.reset();
    }

    private final class Sink extends ServletOutputStream {

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("Everything is taken at once; write without a listener");
        }
    }
}
