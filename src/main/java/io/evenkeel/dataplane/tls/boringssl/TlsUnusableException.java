package io.evenkeel.dataplane.tls.boringssl;

import org.jspecify.annotations.Nullable;

/** What was configured for TLS cannot be used; the message tells a user why, and no secret. */
public final class TlsUnusableException extends Exception {

    public TlsUnusableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    TlsUnusableException(String message) {
        this(message, null);
    }
}
