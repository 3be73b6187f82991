package io.evenkeel.platform.error;

/** A call that is refused, with the reason the client reads. Made by {@link ErrorCode#with}. */
public final class ElbException extends RuntimeException {

    private final ErrorCode code;

    ElbException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
