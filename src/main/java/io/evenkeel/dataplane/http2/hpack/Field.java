package io.evenkeel.dataplane.http2.hpack;

import java.nio.charset.StandardCharsets;

/** An entry of a table. Its arrays are never changed. */
final class Field {

    /** What an entry takes beyond its bytes: RFC 7541 §4.1. */
    static final int OVERHEAD = 32;

    private final byte[] name;
    private final byte[] value;

    Field(byte[] name, byte[] value) {
        this.name = name;
        this.value = value;
    }

    static Field of(String name, String value) {
        return new Field(name.getBytes(StandardCharsets.US_ASCII), value.getBytes(StandardCharsets.US_ASCII));
    }

    byte[] name() {
        return name;
    }

    byte[] value() {
        return value;
    }

    int size() {
        return name.length + value.length + OVERHEAD;
    }
}
