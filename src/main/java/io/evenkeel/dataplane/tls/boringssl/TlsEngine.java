package io.evenkeel.dataplane.tls.boringssl;

import io.evenkeel.dataplane.transport.TlsFacts;
import io.netty.internal.tcnative.SSL;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * The TLS of one connection, from bytes in native memory to bytes in native memory: it has no socket and no thread, and
 * keeps what is cut off in the middle of a record. What it has to send goes to the sink, in pieces that are valid during
 * the call. For one thread at a time; nothing may be called after {@link #free}.
 */
public final class TlsEngine {

    /** The most application data in a record (RFC 8446 §5.1). */
    public static final int RECORD_BYTES = 16 << 10;

    // What a handshake has to say waits here in pieces while input is read.
    private static final int WAITING_BYTES = 4 << 10;
    // A full record with its overhead, TLS 1.0's split in two, and what waited before it.
    private static final int OUTPUT_BYTES = RECORD_BYTES + 1024 + WAITING_BYTES;

    /** Each thread's, for what is on its way to the sink. */
    private static final ThreadLocal<MemorySegment> OUTPUT =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(OUTPUT_BYTES, 64));

    private final MemorySegment output = OUTPUT.get();
    private final long ssl;
    private final long bio;
    private final Object context;
    private final LongFunction<String> certificateId;
    private int taken;
    private boolean hasInputEnded;
    private boolean isFree;

    /**
     * @param ssl owned from now on
     * @param context must not be freed before this engine
     * @param certificateId of the certificate that was shown
     */
    TlsEngine(long ssl, Object context, LongFunction<String> certificateId) {
        this.ssl = ssl;
        this.context = context;
        this.certificateId = certificateId;
        this.bio = SSL.bioNewByteBuffer(ssl, WAITING_BYTES);
    }

    /** How many bytes of the input the last handshake or read took. */
    public int taken() {
        return taken;
    }

    /** The peer said that it sends no more. */
    public boolean hasInputEnded() {
        return hasInputEnded;
    }

    /**
     * Goes on with the handshake as far as the input lets it.
     *
     * @param input native; empty at a client's beginning
     * @return whether it is complete
     * @throws SSLHandshakeException when it cannot be completed; the peer is told by what went to the sink
     */
    public boolean handshake(MemorySegment input, Consumer<MemorySegment> sink) throws SSLHandshakeException {
        taken = 0;
        while (true) {
            int result = handshakeStep(input.asSlice(taken));
            int error = result > 0 ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
            String failure = isFailure(error) ? lastError() : "";
            send(sink);
            if (result > 0) {
                return true;
            } else if (error == SSL.SSL_ERROR_WANT_READ) {
                return false;
            } else if (isFailure(error)) {
                throw new SSLHandshakeException(failure);
            }
        }
    }

    private int handshakeStep(MemorySegment input) throws SSLHandshakeException {
        int before = taken;
        give(input);
        try {
            return SSL.doHandshake(ssl);
        } catch (RuntimeException failedCallback) {
            var failure = new SSLHandshakeException(failedCallback.getMessage());
            failure.initCause(failedCallback);
            throw failure;
        } finally {
            take(input);
            taken += before;
        }
    }

    /**
     * Decrypts the next piece of application data.
     *
     * @param input what is left of it after {@link #taken} of calls before
     * @param plain native, at least a record long
     * @return its length; 0 when there is none in the input, all of which is taken then
     * @throws SSLException when the input is no TLS, or forged; the peer is told by what went to the sink
     */
    public int read(MemorySegment input, MemorySegment plain, Consumer<MemorySegment> sink) throws SSLException {
        taken = 0;
        while (true) {
            int result = readStep(input, plain);
            if (result > 0) {
                return result;
            }
            int error = SSL.getError(ssl, result);
            String failure = isFailure(error) ? lastError() : "";
            send(sink);
            if (error == SSL.SSL_ERROR_ZERO_RETURN) {
                hasInputEnded = true;
                return 0;
            } else if (error == SSL.SSL_ERROR_WANT_READ) {
                return 0;
            } else if (isFailure(error)) {
                throw new SSLException(failure);
            }
        }
    }

    private int readStep(MemorySegment input, MemorySegment plain) {
        int before = taken;
        var rest = input.asSlice(before);
        give(rest);
        try {
            return SSL.readFromSSL(ssl, plain.address(), (int) plain.byteSize());
        } finally {
            take(rest);
            taken += before;
        }
    }

    /**
     * Encrypts application data, at most a record of it, after all that waited.
     *
     * @param plain native
     */
    public void write(MemorySegment plain, Consumer<MemorySegment> sink) throws SSLException {
        int length = (int) plain.byteSize();
        SSL.bioSetByteBuffer(bio, output.address(), OUTPUT_BYTES, true);
        int written;
        int produced;
        try {
            var _ = SSL.bioFlushByteBuffer(bio);
            written = SSL.writeToSSL(ssl, plain.address(), length);
            produced = OUTPUT_BYTES - SSL.bioLengthByteBuffer(bio);
        } finally {
            SSL.bioClearByteBuffer(bio);
        }
        if (produced > 0) {
            sink.accept(output.asSlice(0, produced));
        }
        if (written != length) {
            throw new SSLException("Cannot encrypt: " + lastError());
        }
    }

    /** Says that this side sends no more. */
    public void endOutput(Consumer<MemorySegment> sink) {
        var _ = SSL.shutdownSSL(ssl);
        send(sink);
    }

    /** What the handshake agreed on; to be asked when it is complete. */
    public TlsFacts facts() {
        return new TlsFacts(
                certificateId.apply(ssl),
                SSL.getVersion(ssl),
                SSL.getCipherForSSL(ssl),
                SSL.getAlpnSelected(ssl),
                SSL.isSessionReused(ssl),
                SSL.getSniHostname(ssl));
    }

    /** Gives all memory back; a second call does nothing. */
    public void free() {
        try {
            if (!isFree) {
                isFree = true;
                SSL.freeSSL(ssl);
            }
        } finally {
            Reference.reachabilityFence(context);
        }
    }

    private void give(MemorySegment input) {
        if (input.byteSize() > 0) {
            SSL.bioSetByteBuffer(bio, input.address(), (int) input.byteSize(), false);
        }
    }

    private void take(MemorySegment input) {
        taken = input.byteSize() > 0 ? (int) input.byteSize() - SSL.bioLengthByteBuffer(bio) : 0;
        SSL.bioClearByteBuffer(bio);
    }

    private void send(Consumer<MemorySegment> sink) {
        while (SSL.bioLengthNonApplication(bio) > 0) {
            SSL.bioSetByteBuffer(bio, output.address(), OUTPUT_BYTES, true);
            int flushed = SSL.bioFlushByteBuffer(bio);
            SSL.bioClearByteBuffer(bio);
            sink.accept(output.asSlice(0, flushed));
        }
    }

    private static boolean isFailure(int error) {
        return error != SSL.SSL_ERROR_NONE
                && error != SSL.SSL_ERROR_WANT_READ
                && error != SSL.SSL_ERROR_WANT_WRITE
                && error != SSL.SSL_ERROR_ZERO_RETURN;
    }

    private static String lastError() {
        int number = SSL.getLastErrorNumber();
        return number == 0 ? "The peer ended TLS" : String.valueOf(SSL.getErrorString(number));
    }
}
