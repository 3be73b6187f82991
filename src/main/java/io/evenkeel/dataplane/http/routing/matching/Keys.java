package io.evenkeel.dataplane.http.routing.matching;

import java.nio.charset.StandardCharsets;

/** Bytes as keys of maps while an index is built. */
final class Keys {

    private Keys() {}

    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.ISO_8859_1);
    }
}
