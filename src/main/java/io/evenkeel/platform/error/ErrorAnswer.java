package io.evenkeel.platform.error;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The body of every error (wire contract, filters.md §5). */
public record ErrorAnswer(String errorCode, String errorMsg, String requestId) {

    static ResponseEntity<Object> of(ErrorCode code, String message, String requestId) {
        var answer = ResponseEntity.status(code.status()).contentType(MediaType.APPLICATION_JSON);
        if (mayPass(code.status())) {
            answer.header("Retry-After", "1");
        }
        return answer.body(new ErrorAnswer(code.vendorCode(), message, requestId));
    }

    private static boolean mayPass(HttpStatus status) {
        return status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS;
    }
}
