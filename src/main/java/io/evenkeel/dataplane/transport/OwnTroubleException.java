package io.evenkeel.dataplane.transport;

import java.net.SocketException;

/** This process has no descriptor left, or the system no memory for sockets: it says nothing of the other side. */
public final class OwnTroubleException extends SocketException {

    public OwnTroubleException(String message) {
        super(message);
    }
}
