package io.evenkeel.dataplane.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.http2.hpack.HpackDecoder;
import io.evenkeel.dataplane.http2.hpack.HpackException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client that sends exactly the frames it is told, and shows those that come. */
public final class FrameClient implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    static final int ACK = 1;
    public static final int END_HEADERS = 4;
    static final int PADDED = 8;

    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Socket socket;
    private final DataInputStream in;
    private final HpackDecoder decoder = new HpackDecoder(new HpackDecoder.Scratch(), 1 << 20);
    private ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private boolean isBatching;

    /** @param fields of a block, as {@code name: value} */
    public record Frame(int type, int flags, int streamId, ByteBuffer payload, List<String> fields) {

        public boolean isEnd() {
            return (flags & END_STREAM) != 0;
        }

        public int number() {
            return payload.getInt(type == GOAWAY ? 4 : 0);
        }

        String text() {
            return StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString();
        }
    }

    /** A response: its fields, its content, its trailers. */
    record Answer(List<String> fields, String content, List<String> trailers) {

        String status() {
            return fields.getFirst();
        }
    }

    private FrameClient(Socket connected) throws IOException {
        socket = connected;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 2_048));
    }

    private static Socket connected(InetSocketAddress server) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        socket.connect(server, 5_000);
        return socket;
    }

    /** Without a word. */
    static FrameClient silent(InetSocketAddress server) throws IOException {
        return new FrameClient(connected(server));
    }

    /** After both sides have told their settings. */
    static FrameClient ready(InetSocketAddress server, int... settings) throws IOException {
        return begun(new FrameClient(connected(server)), settings);
    }

    /** Likewise over a connection that stands. */
    public static FrameClient over(Socket connected) throws IOException {
        return begun(new FrameClient(connected));
    }

    private static FrameClient begun(FrameClient client, int... settings) throws IOException {
        client.raw(PREFACE).settings(settings);
        client.await(SETTINGS);
        client.frame(SETTINGS, ACK, 0);
        return client;
    }

    Socket socket() {
        return socket;
    }

    FrameClient raw(String latin1) throws IOException {
        return raw(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    FrameClient raw(byte[] bytes) throws IOException {
        if (isBatching) {
            batch.write(bytes);
        } else {
            socket.getOutputStream().write(bytes);
        }
        return this;
    }

    /** What follows leaves with {@link #send}. */
    public FrameClient gather() {
        isBatching = true;
        return this;
    }

    public FrameClient send() throws IOException {
        isBatching = false;
        raw(batch.toByteArray());
        batch = new ByteArrayOutputStream();
        return this;
    }

    /** What was gathered, so many bytes at a time. */
    FrameClient sendInPieces(int size) throws IOException {
        var all = batch.toByteArray();
        batch = new ByteArrayOutputStream();
        isBatching = false;
        for (int at = 0; at < all.length; at += size) {
            raw(Arrays.copyOfRange(all, at, Math.min(at + size, all.length)));
        }
        return this;
    }

    public FrameClient frame(int type, int flags, int streamId, byte... payload) throws IOException {
        var bytes = ByteBuffer.allocate(9 + payload.length);
        bytes.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        bytes.put((byte) type).put((byte) flags).putInt(streamId).put(payload);
        return raw(bytes.array());
    }

    public FrameClient number(int type, int streamId, int number) throws IOException {
        return frame(type, 0, streamId, ByteBuffer.allocate(4).putInt(number).array());
    }

    /** Pairs of what and value. */
    public FrameClient settings(int... pairs) throws IOException {
        var payload = ByteBuffer.allocate(pairs.length * 3);
        for (int i = 0; i < pairs.length; i += 2) {
            payload.putShort((short) pairs[i]).putInt(pairs[i + 1]);
        }
        return frame(SETTINGS, 0, 0, payload.array());
    }

    FrameClient data(int streamId, String latin1, boolean isEnd) throws IOException {
        return frame(DATA, isEnd ? END_STREAM : 0, streamId, latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param fields as {@code name=value} */
    FrameClient headers(int streamId, boolean isEnd, String... fields) throws IOException {
        return frame(HEADERS, END_HEADERS | (isEnd ? END_STREAM : 0), streamId, block(fields));
    }

    public FrameClient get(int streamId, String path, String... fields) throws IOException {
        return request(streamId, "GET", path, true, fields);
    }

    FrameClient request(int streamId, String method, String path, boolean isEnd, String... fields) throws IOException {
        var all = new ArrayList<>(List.of(":method=" + method, ":scheme=https", ":path=" + path, ":authority=test"));
        all.addAll(List.of(fields));
        return headers(streamId, isEnd, all.toArray(String[]::new));
    }

    /** Literals alone. */
    public static byte[] block(String... fields) {
        var block = new ByteArrayOutputStream();
        for (var field : fields) {
            int equals = field.indexOf('=');
            block.write(0);
            string(block, field.substring(0, equals));
            string(block, field.substring(equals + 1));
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest > 127; rest >>= 7) {
                block.write(rest % 128 + 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The next frame; EOFException when there is none. */
    public Frame next() throws IOException {
        // Three bytes of length, one of type.
        int head = in.readInt();
        int length = head >>> 8;
        int flags = in.readUnsignedByte();
        int streamId = in.readInt();
        var payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        return new Frame(head & 0xff, flags, streamId, ByteBuffer.wrap(payload), fields(head & 0xff, payload));
    }

    private List<String> fields(int type, byte[] payload) {
        var fields = new ArrayList<String>();
        if (type == HEADERS) {
            try {
                decoder.decode(
                        payload,
                        0,
                        payload.length,
                        (name, nameLength, value, length) ->
                                fields.add(new String(name, 0, nameLength, StandardCharsets.ISO_8859_1) + ": "
                                        + new String(value, 0, length, StandardCharsets.ISO_8859_1)));
            } catch (HpackException e) {
                throw new AssertionError(e);
            }
        }
        return fields;
    }

    /** The next frame of that type, whatever comes before. */
    Frame await(int type) throws IOException {
        var frame = next();
        while (frame.type() != type) {
            frame = next();
        }
        return frame;
    }

    /** The whole response on that stream; window updates of the server and other streams are skipped. */
    Answer answer(int streamId) throws IOException {
        List<String> fields = null;
        var content = new StringBuilder();
        while (true) {
            var frame = next();
            if (frame.type() == GOAWAY || frame.type() == RST_STREAM) {
                throw new IOException("Ended with " + frame.number());
            } else if (frame.streamId() != streamId) {
                continue;
            } else if (frame.type() == DATA) {
                content.append(frame.text());
            } else if (frame.type() == HEADERS && fields != null) {
                return new Answer(fields, content.toString(), frame.fields());
            } else if (frame.type() == HEADERS && !frame.fields().getFirst().startsWith(":status: 1")) {
                fields = frame.fields();
            }
            if (frame.isEnd() && fields != null) {
                return new Answer(fields, content.toString(), List.of());
            }
        }
    }

    /** Expects that the stream is reset with that code. */
    void expectReset(int streamId, int code) throws IOException {
        var frame = await(RST_STREAM);
        assertThat(frame.streamId()).isEqualTo(streamId);
        assertThat(frame.number()).isEqualTo(code);
    }

    /** Expects that the connection ends with that code. */
    void expectGoAway(int code) throws IOException {
        assertThat(await(GOAWAY).number()).isEqualTo(code);
        expectEnd();
    }

    void expectEnd() throws IOException {
        try {
            while (true) {
                next();
            }
        } catch (EOFException ended) {
            // As expected.
        }
    }

    /** Expects that the connection works still. */
    void expectAlive() throws IOException {
        frame(PING, 0, 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        var pong = await(PING);
        assertThat(pong.flags()).isEqualTo(ACK);
        assertThat(pong.payload().array()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
