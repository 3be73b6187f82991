package io.evenkeel.dataplane.http.message;

/** A message that is not served: malformed, ambiguous or too large. Carries no stack trace. */
public final class RefusedException extends Exception {

    private final int status;

    public RefusedException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    static RefusedException malformed(String reason) {
        return new RefusedException(400, reason);
    }

    /** What a client is answered that sent such a request; a member that answers so is always 502. */
    public int status() {
        return status;
    }

    /** What is wrong, in fixed words that repeat nothing of the message. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
