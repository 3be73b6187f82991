package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.http2.hpack.HpackDecoder;
import io.evenkeel.dataplane.http2.hpack.HpackException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what answers a {@link GrpcQuestion}. A server that says that it does not serve counts as unavailable, and an
 * answer of HTTP without a status of gRPC as what gRPC's own mapping makes of it.
 */
final class GrpcAnswer {

    private static final int FRAME_HEAD = 9;
    private static final int MAX_FRAME = 16_384;
    private static final int MAX_FIELDS = 16 << 10;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int HAS_PRIORITY = 0x20;
    private static final int STREAM = 1;

    private static final int OK = 0;
    private static final int UNKNOWN = 2;
    private static final int PERMISSION_DENIED = 7;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;
    /** Field 1 as a varint, and the value of {@code SERVING}. */
    private static final byte[] SERVING = {0x08, 1};

    private static final int MESSAGE_HEAD = 5;

    private final ByteBuffer bytes;
    private final int length;
    private final HpackDecoder decoder = new HpackDecoder(new HpackDecoder.Scratch(), MAX_FIELDS);
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int httpStatus;
    private int grpcStatus = -1;
    private boolean isBlockLast;
    private boolean isEnded;

    private GrpcAnswer(ByteBuffer bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /**
     * @param bytes what was read so far, from 0 to {@code length}
     * @return the status of gRPC, 0..99, {@link StatusLine#INCOMPLETE} or {@link StatusLine#MALFORMED}
     */
    static int parse(ByteBuffer bytes, int length) {
        return new GrpcAnswer(bytes, length).parse();
    }

    private int parse() {
        int at = 0;
        while (!isEnded && length - at >= FRAME_HEAD) {
            int size = (bytes.get(at) & 0xff) << 16 | (bytes.getShort(at + 1) & 0xffff);
            int type = bytes.get(at + 3);
            if (size > MAX_FRAME || (at == 0 && type != SETTINGS)) {
                return StatusLine.MALFORMED;
            }
            int end = at + FRAME_HEAD + size;
            if (end > length) {
                return StatusLine.INCOMPLETE;
            }
            boolean isOurs = bytes.getInt(at + 5) == STREAM;
            if (isOurs && !isRead(type, bytes.get(at + 4), at + FRAME_HEAD, end)) {
                return StatusLine.MALFORMED;
            }
            at = end;
        }
        return isEnded ? status() : StatusLine.INCOMPLETE;
    }

    private boolean isRead(int type, int flags, int from, int to) {
        return switch (type) {
            case DATA -> isDataRead(flags, from, to);
            case HEADERS -> {
                isBlockLast = (flags & END_STREAM) != 0;
                yield isBlockRead(flags, from, to);
            }
            case CONTINUATION -> isBlockRead(flags & END_HEADERS, from, to);
            case RST_STREAM -> false;
            default -> true;
        };
    }

    private boolean isDataRead(int flags, int from, int to) {
        int start = start(flags, from);
        int end = end(flags, from, to);
        if (start > end) {
            return false;
        }
        write(message, start, end);
        isEnded = (flags & END_STREAM) != 0;
        return true;
    }

    private boolean isBlockRead(int flags, int from, int to) {
        int start = start(flags, from) + ((flags & HAS_PRIORITY) != 0 ? 5 : 0);
        int end = end(flags, from, to);
        if (start > end) {
            return false;
        }
        write(block, start, end);
        if ((flags & END_HEADERS) == 0) {
            return true;
        }
        var fields = block.toByteArray();
        block.reset();
        isEnded = isBlockLast;
        try {
            decoder.decode(fields, 0, fields.length, this::field);
            return true;
        } catch (HpackException e) {
            return false;
        }
    }

    private static int start(int flags, int from) {
        return (flags & PADDED) != 0 ? from + 1 : from;
    }

    private int end(int flags, int from, int to) {
        return (flags & PADDED) != 0 && from < to ? to - (bytes.get(from) & 0xff) : to;
    }

    private void write(ByteArrayOutputStream out, int from, int to) {
        for (int at = from; at < to; at++) {
            out.write(bytes.get(at));
        }
    }

    private void field(byte[] name, int nameLength, byte[] value, int valueLength) {
        var text = new String(name, 0, nameLength, StandardCharsets.ISO_8859_1);
        if (text.equals(":status")) {
            httpStatus = number(value, valueLength);
        } else if (text.equals("grpc-status")) {
            grpcStatus = number(value, valueLength);
        }
    }

    /** Up to three digits; -1 for anything else. */
    private static int number(byte[] digits, int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            if (count > 3 || digits[i] < '0' || digits[i] > '9') {
                return -1;
            }
            number = number * 10 + digits[i] - '0';
        }
        return count == 0 ? -1 : number;
    }

    private int status() {
        if (grpcStatus < 0) {
            return httpStatus == 200 || httpStatus < 100 ? StatusLine.MALFORMED : ofHttp(httpStatus);
        }
        return grpcStatus == OK && !saysServing() ? UNAVAILABLE : grpcStatus;
    }

    /** What a client of gRPC takes an answer of HTTP for. */
    private static int ofHttp(int status) {
        return switch (status) {
            case 400 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> UNIMPLEMENTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }

    private boolean saysServing() {
        var said = message.toByteArray();
        for (int at = MESSAGE_HEAD; at + 1 < said.length; at++) {
            if (said[at] == SERVING[0]) {
                return said[at + 1] == SERVING[1];
            }
        }
        return false;
    }
}
