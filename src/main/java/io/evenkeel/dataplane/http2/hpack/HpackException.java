package io.evenkeel.dataplane.http2.hpack;

/** A header block that cannot be decoded: nothing that follows on its connection can be. Carries no stack trace. */
public final class HpackException extends Exception {

    HpackException(String reason) {
        super(reason, null, false, false);
    }
}
