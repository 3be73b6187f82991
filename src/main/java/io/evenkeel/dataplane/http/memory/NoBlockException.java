package io.evenkeel.dataplane.http.memory;

/** All the memory that there may be is lent. Carries no stack trace: it comes when there is least time for one. */
public final class NoBlockException extends RuntimeException {

    NoBlockException() {
        super("No memory left for messages in parts", null, false, false);
    }
}
