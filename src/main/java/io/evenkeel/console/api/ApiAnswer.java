package io.evenkeel.console.api;

import java.util.List;
import org.springframework.util.MultiValueMap;

/** What an operation answered. */
public record ApiAnswer(int status, Tree body, MultiValueMap<String, String> headers) {

    public boolean isSuccess() {
        return status < 300;
    }

    /** The words of a refusal; empty of a success. */
    public String refusal() {
        if (isSuccess()) {
            return "";
        }
        var message = body.text("error_msg");
        return message.isEmpty() ? "The call failed with status " + status + "." : message;
    }

    /** Code and sentence of each warning. */
    public List<Tree> warnings() {
        return body.items("warnings");
    }

    /** @throws ApiRefusal unless it is a success */
    public Tree orRefuse() {
        if (!isSuccess()) {
            throw new ApiRefusal(status, body.text("error_code"), refusal());
        }
        return body;
    }
}
