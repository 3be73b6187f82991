package io.evenkeel.dataplane.http.routing.action;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Texts as bytes of messages. */
final class Text {

    static final byte[] SEPARATOR = bytes(": ");
    static final byte[] COMMA = bytes(", ");
    static final byte[] LINE_END = bytes("\r\n");

    private Text() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] lowerCase(String name) {
        return bytes(name.toLowerCase(Locale.ROOT));
    }

    static byte[] line(String name, String value) {
        return bytes(name + ": " + value + "\r\n");
    }
}
