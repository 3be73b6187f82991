package io.evenkeel.dataplane.http;

import java.io.IOException;

/** A connection to a member is gone, and the member says that it has not looked at the request: RFC 9113 §8.7. */
public final class NotTakenException extends IOException {

    public NotTakenException(String message) {
        super(message);
    }
}
