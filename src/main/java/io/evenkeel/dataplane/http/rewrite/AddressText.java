package io.evenkeel.dataplane.http.rewrite;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** How addresses stand in fields: as text that everyone writes alike, for IPv6 by RFC 5952 section 4, without a scope. */
public final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    public static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? ofGroups(ByteBuffer.wrap(address.getAddress()))
                : address.getHostAddress();
    }

    private static String ofGroups(ByteBuffer bytes) {
        int zerosAt = GROUPS;
        int zeros = 1;
        for (int at = 0; at < GROUPS; at++) {
            int run = zerosFrom(bytes, at);
            // The longest run, the first of equals; a single zero is written as such.
            if (run > zeros) {
                zerosAt = at;
                zeros = run;
            }
        }
        var text = new StringBuilder();
        append(text, bytes, 0, zerosAt);
        if (zerosAt < GROUPS) {
            text.append("::");
            append(text, bytes, zerosAt + zeros, GROUPS);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, ByteBuffer bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            text.append(at == from ? "" : ":").append(Integer.toHexString(group(bytes, at)));
        }
    }

    private static int zerosFrom(ByteBuffer bytes, int at) {
        int end = at;
        while (end < GROUPS && group(bytes, end) == 0) {
            end++;
        }
        return end - at;
    }

    private static int group(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(2 * at));
    }
}
