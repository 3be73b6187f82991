package io.evenkeel.livechanges.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/** The WebSocket protocol (RFC 6455) as far as an echo of short messages needs it. */
final class WebSockets {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int FINAL = 0x80;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {7, 11, 13, 17};
    private static final int TWO_BYTES_OF_LENGTH = 126;

    private WebSockets() {}

    /** A frame that is its own message. */
    private static final class Frame {

        private final int opcode;
        private final byte[] payload;

        Frame(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }
    }

    static boolean isAskedFor(List<String> head) {
        return head.stream().anyMatch(line -> line.equalsIgnoreCase("Upgrade: websocket"));
    }

    /** As a client. */
    static void open(Wire wire) throws IOException {
        wire.send("GET /socket HTTP/1.1\r\nHost: " + Wire.HOST + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n\r\n");
        var head = wire.readHead();
        if (head.isEmpty()
                || !head.getFirst().startsWith("HTTP/1.1 101 ")
                || head.stream().noneMatch(line -> line.equalsIgnoreCase("Sec-WebSocket-Accept: " + accept(KEY)))) {
            throw new IOException("not opened: " + head);
        }
    }

    /** As a client: what comes back. */
    static byte[] echoed(Wire wire, byte[] message) throws IOException {
        send(wire, BINARY, message, true);
        return read(wire).payload;
    }

    /** As a client, after whom the server closes. */
    static void close(Wire wire) throws IOException {
        send(wire, CLOSE, new byte[0], true);
        if (read(wire).opcode != CLOSE) {
            throw new IOException("more came than was sent");
        }
    }

    /** As a server, until the client closes. */
    static void echo(Wire client, List<String> head) throws IOException {
        var key = head.stream()
                .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18))
                .map(line -> line.substring(18).strip())
                .findFirst()
                .orElse("");
        client.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n");
        var frame = read(client);
        while (frame.opcode != CLOSE) {
            send(client, frame.opcode, frame.payload, false);
            frame = read(client);
        }
        send(client, CLOSE, frame.payload, false);
    }

    private static String accept(String key) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(Wire to, int opcode, byte[] payload, boolean isMasked) throws IOException {
        var bytes = ByteBuffer.allocate(8 + payload.length);
        int length = payload.length < TWO_BYTES_OF_LENGTH ? payload.length : TWO_BYTES_OF_LENGTH;
        bytes.put((byte) (FINAL | opcode)).put((byte) (length | (isMasked ? MASKED : 0)));
        if (length == TWO_BYTES_OF_LENGTH) {
            bytes.putShort((short) payload.length);
        }
        if (isMasked) {
            bytes.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            bytes.put((byte) (isMasked ? payload[i] ^ MASK[i % 4] : payload[i]));
        }
        var sent = new byte[bytes.position()];
        bytes.flip().get(sent);
        to.send(sent);
    }

    private static Frame read(Wire from) throws IOException {
        int first = from.readByte();
        int second = from.readByte();
        if (first < 0 || second < 0) {
            throw new EOFException("closed instead of a frame");
        }
        if ((first & FINAL) == 0) {
            throw new IOException("a part of a message");
        }
        int length = second & ~MASKED;
        if (length == TWO_BYTES_OF_LENGTH) {
            length = from.readByte() << 8 | from.readByte();
        }
        var mask = (second & MASKED) == 0 ? new byte[4] : from.readExactly(4);
        var payload = from.readExactly(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame(first & 0xf, payload);
    }
}
