package io.evenkeel.dataplane.http.rewrite;

import io.evenkeel.dataplane.http.memory.Block;

/** What a response says of the connection it comes on: RFC 9112 §9.3. */
public enum ConnectionField {
    CLOSE,
    /** For HTTP/1.0, which closes unless told. */
    KEEP_ALIVE,
    SILENT;

    private static final byte[] CLOSE_LINE = InsertedFields.ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE_LINE = InsertedFields.ascii("Connection: keep-alive\r\n");

    void append(Block out) {
        switch (this) {
            case CLOSE -> out.append(CLOSE_LINE);
            case KEEP_ALIVE -> out.append(KEEP_ALIVE_LINE);
            case SILENT -> {}
        }
    }
}
