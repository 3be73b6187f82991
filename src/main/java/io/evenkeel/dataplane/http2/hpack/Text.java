package io.evenkeel.dataplane.http2.hpack;

import java.util.Arrays;

/** Bytes that grow as they come and are used again. */
final class Text {

    private static final int INITIAL = 256;

    private byte[] bytes = new byte[INITIAL];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void clear() {
        length = 0;
    }

    void set(byte[] source, int from, int to) {
        length = 0;
        room(to - from);
        System.arraycopy(source, from, bytes, 0, to - from);
        length = to - from;
    }

    void add(int b) {
        room(1);
        bytes[length++] = (byte) b;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
