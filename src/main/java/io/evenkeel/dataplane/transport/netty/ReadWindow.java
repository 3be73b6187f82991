package io.evenkeel.dataplane.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The buffer that is being delivered on a loop right now. What is written from inside it is sent from where it lies;
 * everything else is copied.
 */
final class ReadWindow {

    private @Nullable ByteBuf buffer;
    private long start;
    private long length;

    /** Shows the readable bytes. Read-only, so that nothing changes under a write that still waits. */
    MemorySegment open(ByteBuf read) {
        var bytes = MemorySegment.ofBuffer(read.internalNioBuffer(read.readerIndex(), read.readableBytes()))
                .asReadOnly();
        buffer = read;
        start = bytes.address();
        length = bytes.byteSize();
        return bytes;
    }

    void close() {
        buffer = null;
    }

    /** The bytes as a buffer of its own, which the caller releases. */
    ByteBuf toBuffer(MemorySegment bytes, ByteBufAllocator allocator) {
        int size = Math.toIntExact(bytes.byteSize());
        var read = buffer;
        if (read != null && isInside(bytes) && size >= read.capacity() / 2) {
            return read.retainedSlice(read.readerIndex() + (int) (bytes.address() - start), size);
        }
        return allocator.directBuffer(size).writeBytes(bytes.asByteBuffer());
    }

    // A small piece is copied instead: it would keep a large buffer alive while it waits.
    private boolean isInside(MemorySegment bytes) {
        return bytes.isNative()
                && bytes.isReadOnly()
                && bytes.address() >= start
                && bytes.address() + bytes.byteSize() <= start + length;
    }
}
