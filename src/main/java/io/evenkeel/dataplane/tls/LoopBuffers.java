package io.evenkeel.dataplane.tls;

import io.evenkeel.dataplane.tls.boringssl.TlsEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the TLS connections of a loop share, so that one that is idle has none: what was decrypted and is
 * being delivered, and what was written by one of them and is not encrypted yet. For the loop's thread alone.
 */
final class LoopBuffers {

    static final int HELD_BYTES = 32 << 10;

    private static final int MAX_SPARE = 64;
    private static final ThreadLocal<LoopBuffers> OF_THREAD = ThreadLocal.withInitial(LoopBuffers::new);

    private final MemorySegment plain = Arena.ofAuto().allocate(TlsEngine.RECORD_BYTES, 64);
    private final MemorySegment readOnlyPlain = plain.asReadOnly();
    private final MemorySegment stage = Arena.ofAuto().allocate(TlsEngine.RECORD_BYTES, 64);
    private final ArrayDeque<MemorySegment> spare = new ArrayDeque<>();
    private final HandshakeQueue handshakes = new HandshakeQueue();
    private @Nullable TlsConnection writer;
    private long staged;

    private LoopBuffers() {}

    static LoopBuffers ofThisThread() {
        return OF_THREAD.get();
    }

    HandshakeQueue handshakes() {
        return handshakes;
    }

    /** Where to decrypt to. */
    MemorySegment plain() {
        return plain;
    }

    /** The first bytes of {@link #plain}, to be shown to a handler. */
    MemorySegment plain(int length) {
        return readOnlyPlain.asSlice(0, length);
    }

    /** Takes what the connection writes: small pieces become one record, large ones are encrypted where they are. */
    void write(TlsConnection connection, MemorySegment bytes) {
        if (!connection.equals(writer)) {
            encrypt();
            writer = connection;
        }
        long size = bytes.byteSize();
        long at = 0;
        while (at < size) {
            long length = Math.min(size - at, TlsEngine.RECORD_BYTES - staged);
            if (length == TlsEngine.RECORD_BYTES && bytes.isNative()) {
                connection.encrypt(bytes.asSlice(at, length));
            } else {
                MemorySegment.copy(bytes, at, stage, staged, length);
                staged += length;
                if (staged == TlsEngine.RECORD_BYTES) {
                    encrypt();
                }
            }
            at += length;
        }
    }

    /** Encrypts what the connection wrote. */
    void encryptFor(TlsConnection connection) {
        if (connection.equals(writer)) {
            encrypt();
        }
    }

    private void encrypt() {
        if (writer != null && staged > 0) {
            long length = staged;
            staged = 0;
            writer.encrypt(stage.asSlice(0, length));
        }
    }

    /** The connection is gone, and what it wrote last with it. */
    void forget(TlsConnection connection) {
        if (connection.equals(writer)) {
            writer = null;
            staged = 0;
        }
    }

    /** Memory for at least so many bytes that cannot be used yet. */
    MemorySegment take(long bytes) {
        var block = bytes <= HELD_BYTES ? spare.pollLast() : null;
        return block == null ? Arena.ofAuto().allocate(Math.max(bytes, HELD_BYTES), 64) : block;
    }

    void give(MemorySegment block) {
        if (block.byteSize() == HELD_BYTES && spare.size() < MAX_SPARE) {
            spare.addLast(block);
        }
    }
}
