package io.evenkeel.dataplane.health.probe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** {@code grpc.health.v1.Health/Check} for the server as a whole: one call over HTTP/2 (RFC 9113), complete. */
final class GrpcQuestion {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    // The message is empty: its length in front, and whether it is compressed.
    private static final byte[] LAST_DATA = {0, 0, 5, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0};
    private static final int HEADERS = 1;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 1;

    // RFC 7541 Appendix A and §6.
    private static final int METHOD_POST = 0x83;
    private static final int SCHEME_HTTP = 0x86;
    private static final int[] AUTHORITY = {0x01};
    private static final int[] PATH = {0x04};
    private static final int[] CONTENT_TYPE = {0x0f, 31 - 0x0f};
    private static final int[] USER_AGENT = {0x0f, 58 - 0x0f};

    private GrpcQuestion() {}

    /** All bytes of it, one for each character. */
    static String text(String authority) {
        var block = new ByteArrayOutputStream();
        block.write(METHOD_POST);
        block.write(SCHEME_HTTP);
        field(block, PATH, "/grpc.health.v1.Health/Check");
        field(block, AUTHORITY, authority);
        field(block, CONTENT_TYPE, "application/grpc");
        field(block, USER_AGENT, "evenkeel-health-check");
        block.write(0);
        string(block, "te");
        string(block, "trailers");
        var all = new ByteArrayOutputStream();
        all.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(SETTINGS);
        all.writeBytes(
                new byte[] {0, (byte) (block.size() >> 8), (byte) block.size(), HEADERS, END_HEADERS, 0, 0, 0, STREAM});
        all.writeBytes(block.toByteArray());
        all.writeBytes(LAST_DATA);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static void field(ByteArrayOutputStream block, int[] name, String value) {
        for (int b : name) {
            block.write(b);
        }
        string(block, value);
    }

    /** @param text shorter than 127 */
    private static void string(ByteArrayOutputStream block, String text) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
