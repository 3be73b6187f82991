package io.evenkeel.dataplane.http.gzip;

import io.evenkeel.dataplane.http.memory.Block;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One response after the other as gzip (RFC 1952) in chunks (RFC 9112 §7.1), from bytes in native memory to bytes in native
 * memory. What was put in is all out after a flush. Has some 260 KiB of native memory until it is freed.
 */
public final class GzipBody {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER_BYTES = 8;
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};
    /** Before a chunk's data: its size in hexadecimal, and a line's end. */
    private static final int SIZE_LINE_BYTES = 10;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 crc = new CRC32();
    private boolean isBegun;
    private boolean isFlushed = true;

    GzipBody() {}

    /** Makes ready for the next response. */
    void reset() {
        deflater.reset();
        crc.reset();
        isBegun = false;
        isFlushed = true;
    }

    void free() {
        deflater.end();
    }

    /**
     * Takes in bytes of the content.
     *
     * @param out empty, used for the time of the call
     * @param sink gets whole chunks, valid during the call
     */
    public void write(MemorySegment content, Block out, Consumer<MemorySegment> sink) {
        var input = content.asByteBuffer();
        crc.update(input.duplicate());
        deflater.setInput(input);
        isFlushed = false;
        drain(Deflater.NO_FLUSH, out, sink);
    }

    /** All that was taken in goes out, so that the client can use it. */
    public void flush(Block out, Consumer<MemorySegment> sink) {
        if (!isFlushed) {
            isFlushed = true;
            drain(Deflater.SYNC_FLUSH, out, sink);
        }
    }

    /** The content is complete: the rest of it goes out, with the end of the chunks. */
    public void finish(Block out, Consumer<MemorySegment> sink) {
        long size = deflater.getBytesRead();
        deflater.finish();
        drain(Deflater.NO_FLUSH, out, sink);
        chunk(out).order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).putInt((int) size);
        sink.accept(framed(out, TRAILER_BYTES));
        sink.accept(out.append(LAST_CHUNK).filled());
    }

    private void drain(int flush, Block out, Consumer<MemorySegment> sink) {
        boolean isFull = true;
        while (isFull) {
            var chunk = chunk(out);
            if (!isBegun) {
                chunk.put(HEADER);
            }
            int count = deflater.deflate(chunk, flush);
            isFull = !chunk.hasRemaining();
            if (count > 0) {
                isBegun = true;
                sink.accept(framed(out, chunk.position()));
            }
        }
    }

    /** Where the data of a chunk is written. */
    private static ByteBuffer chunk(Block out) {
        int room = out.capacity() - SIZE_LINE_BYTES - 2;
        return out.segment().asSlice(SIZE_LINE_BYTES, room).asByteBuffer();
    }

    /** The chunk whose data is in place. */
    private static MemorySegment framed(Block out, int bytes) {
        var segment = out.segment();
        int at = SIZE_LINE_BYTES;
        segment.set(ValueLayout.JAVA_BYTE, --at, (byte) '\n');
        segment.set(ValueLayout.JAVA_BYTE, --at, (byte) '\r');
        for (int rest = bytes; rest > 0; rest >>>= 4) {
            segment.set(ValueLayout.JAVA_BYTE, --at, HEX[rest & 0xf]);
        }
        segment.set(ValueLayout.JAVA_BYTE, SIZE_LINE_BYTES + bytes, (byte) '\r');
        segment.set(ValueLayout.JAVA_BYTE, SIZE_LINE_BYTES + bytes + 1L, (byte) '\n');
        return segment.asSlice(at, SIZE_LINE_BYTES + bytes + 2L - at);
    }
}
