package io.evenkeel.dataplane.transport;

import java.net.BindException;
import java.net.InetSocketAddress;

/** An address cannot be listened on; {@link #reason()} says why. */
public final class CannotListenException extends BindException {

    /** What a caller may want to tell apart. */
    public enum Reason {
        /** Another socket, of this or another process, has the address. */
        ADDRESS_IN_USE,
        /** The address is not one of this host. */
        ADDRESS_NOT_AVAILABLE,
        /** The process may not bind that port. */
        NOT_PERMITTED,
        /** Anything else; see the message. */
        OTHER
    }

    private final Reason reason;

    public CannotListenException(InetSocketAddress address, Reason reason, Throwable cause) {
        super("Cannot listen on " + address.getAddress().getHostAddress() + " port " + address.getPort() + ": "
                + cause.getMessage());
        this.reason = reason;
        initCause(cause);
    }

    public Reason reason() {
        return reason;
    }
}
