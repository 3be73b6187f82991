package io.evenkeel.dataplane.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What has to hold, told so that the input can be understood from it. */
public final class Claims {

    private Claims() {}

    public static void equal(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + " differs.\n one: " + visible(expected) + "\n other: " + visible(actual));
        }
    }

    public static void that(boolean holds, String what, Object about) {
        if (!holds) {
            throw new AssertionError(what + ": " + visible(about));
        }
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String visible(Object told) {
        return String.valueOf(told).replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    }
}
