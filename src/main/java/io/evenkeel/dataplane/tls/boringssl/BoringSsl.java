package io.evenkeel.dataplane.tls.boringssl;

import io.netty.handler.ssl.OpenSsl;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The library itself: loaded when it is first asked for, or not there. Safe for all threads. */
public final class BoringSsl {

    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

    private BoringSsl() {}

    /** Why this process has no TLS; empty when it has. */
    public static Optional<String> whyNot() {
        return OpenSsl.isAvailable()
                ? Optional.empty()
                : Optional.of("TLS is not available to this worker: "
                        + OpenSsl.unavailabilityCause().getMessage());
    }

    static void require() throws TlsUnusableException {
        var whyNot = whyNot();
        if (whyNot.isPresent()) {
            throw new TlsUnusableException(whyNot.get());
        }
    }

    /** Whether the library knows a cipher of TLS 1.2 or older, by its OpenSSL name. */
    static boolean knows(String cipher) {
        return KNOWN.computeIfAbsent(cipher, BoringSsl::isAccepted);
    }

    private static boolean isAccepted(String cipher) {
        long context = 0;
        try {
            context = SSLContext.make(SSL.SSL_PROTOCOL_TLSV1_2, SSL.SSL_MODE_SERVER);
            return SSLContext.setCipherSuite(context, cipher, false);
        } catch (Exception unknown) {
            return false;
        } finally {
            if (context != 0) {
                SSLContext.free(context);
            }
        }
    }

    /**
     * A native buffer with the bytes, for the library to parse; the caller frees it. The copy on the way is wiped.
     *
     * @throws Exception when there is no memory for it
     */
    static long bufferOf(byte[] bytes) throws Exception {
        long buffer = SSL.newMemBIO();
        try (var arena = Arena.ofConfined()) {
            var copy = arena.allocate(Math.max(1, bytes.length));
            copy.copyFrom(MemorySegment.ofArray(bytes));
            int written = bytes.length == 0 ? 0 : SSL.bioWrite(buffer, copy.address(), bytes.length);
            copy.fill((byte) 0);
            if (written != bytes.length) {
                SSL.freeBIO(buffer);
                throw new IllegalStateException("No memory for a native buffer");
            }
        }
        return buffer;
    }
}
