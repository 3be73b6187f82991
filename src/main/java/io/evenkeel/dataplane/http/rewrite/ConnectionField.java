package io.evenkeel.dataplane.http.rewrite;

import io.evenkeel.dataplane.http.memory.Block;

/** What a response says of the connection it comes on: RFC 9112 §9.3. */
public enum ConnectionField {
    CLOSE("Connection: close\r\n"),
    /** For HTTP/1.0, which closes unless told. */
    KEEP_ALIVE("Connection: keep-alive\r\n"),
    SILENT("");

    private final String line;

    ConnectionField(String line) {
        this.line = line;
    }

    void append(Block out) {
        for (int i = 0; i < line.length(); i++) {
            out.append(line.charAt(i));
        }
    }
}
