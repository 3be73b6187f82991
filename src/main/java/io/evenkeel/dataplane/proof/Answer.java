package io.evenkeel.dataplane.proof;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * What a loop says of itself: 12 bytes, its index and the generation, in network order.
 *
 * @param generation that it holds; 0 when it holds none
 */
record Answer(int loop, long generation) {

    static final int BYTES = Integer.BYTES + Long.BYTES;

    MemorySegment encode(Arena arena) {
        var bytes = ByteBuffer.allocate(BYTES).putInt(loop).putLong(generation).array();
        var encoded = arena.allocate(BYTES);
        MemorySegment.copy(bytes, 0, encoded, ValueLayout.JAVA_BYTE, 0, BYTES);
        return encoded;
    }

    static Answer decode(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new Answer(buffer.getInt(), buffer.getLong());
    }

    /** @throws EOFException when the other side says less */
    static Answer read(InputStream in) throws IOException {
        var bytes = in.readNBytes(BYTES);
        if (bytes.length < BYTES) {
            throw new EOFException("The connection was closed without an answer");
        }
        return decode(bytes);
    }
}
