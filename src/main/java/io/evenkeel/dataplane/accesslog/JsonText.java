package io.evenkeel.dataplane.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON objects, one a line, in UTF-8. Whatever a client sends stays within its string and its line: quotes,
 * backslashes, control characters and line separators of any kind are escaped (RFC 8259 §7), bytes that are no UTF-8
 * replaced.
 */
final class JsonText {

    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean isFirst;

    int size() {
        return out.size();
    }

    void writeTo(OutputStream target) throws IOException {
        out.writeTo(target);
    }

    void clear() {
        out.reset();
    }

    void begin() {
        out.write('{');
        isFirst = true;
    }

    void end() {
        out.write('}');
        out.write('\n');
    }

    private void name(String name) {
        if (!isFirst) {
            out.write(',');
        }
        isFirst = false;
        out.write('"');
        ascii(name);
        out.write('"');
        out.write(':');
    }

    void number(String name, long value) {
        name(name);
        ascii(Long.toString(value));
    }

    /** Left out when it is not so. */
    void truth(String name, boolean isSo) {
        if (isSo) {
            name(name);
            ascii("true");
        }
    }

    /** Left out when it is below 0. */
    void seconds(String name, long nanos) {
        if (nanos < 0) {
            return;
        }
        name(name);
        long micros = nanos / NANOS_PER_MICRO;
        ascii(Long.toString(micros / MICROS_PER_SECOND));
        out.write('.');
        ascii(Long.toString(MICROS_PER_SECOND + micros % MICROS_PER_SECOND).substring(1));
    }

    /** Left out when null. */
    void text(String name, @Nullable Object value) {
        if (value != null) {
            name(name);
            out.write('"');
            escaped(value.toString());
            out.write('"');
        }
    }

    /** Left out when null. */
    void bytes(String name, byte @Nullable [] value) {
        if (value != null) {
            text(name, new String(value, StandardCharsets.UTF_8));
        }
    }

    private void escaped(String text) {
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == '"' || c == '\\') {
                out.write('\\');
                out.write(c);
            } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                unicode(c);
            } else if (c < 0x80) {
                out.write(c);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void unicode(int c) {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.write(HEX[c >> shift & 0xf]);
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            out.write(text.charAt(i));
        }
    }
}
