package io.evenkeel.platform.web;

import io.evenkeel.platform.error.ErrorCode;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** What the server itself refuses, before any of our code sees it (such as {@code %2F} in a path), in our shape. */
public final class ConnectorErrors extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var code = response.getStatus() < 500 ? ErrorCode.INVALID_INPUT : ErrorCode.INTERNAL;
        var message = response.getStatus() < 500 ? code.message("request", "it is malformed") : code.message();
        var header = response.getHeader(RequestId.HEADER);
        var id = header == null ? RequestId.next() : header;
        response.setHeader(RequestId.HEADER, id);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        try {
            var writer = response.getReporter();
            if (writer != null) {
                writer.write("{\"error_code\":\"%s\",\"error_msg\":\"%s\",\"request_id\":\"%s\"}"
                        .formatted(code.vendorCode(), message, id));
                response.finishResponse();
            }
        } catch (IOException e) {
            // The client is gone; nobody is left to tell.
            container.getLogger().debug("The client is gone", e);
        }
    }
}
