package io.evenkeel.console.api;

/** An operation that answered no success, with the words of its answer. */
public final class ApiRefusal extends RuntimeException {

    private final int status;
    private final String errorCode;

    ApiRefusal(int status, String errorCode, String message) {
        super(message, null, false, false);
        this.status = status;
        this.errorCode = errorCode;
    }

    public int status() {
        return status;
    }

    /** Such as {@code ELB.8904}. */
    public String errorCode() {
        return errorCode;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
