package io.evenkeel.dataplane.tls.boringssl;

import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.util.List;
import java.util.Optional;

/**
 * How TLS is done with members: TLS 1.2 and 1.3, any certificate (members are known by their address; the wire contract
 * has no authorities for them). One for the life of the process and each protocol, safe for all threads.
 */
public final class ClientContext {

    private final long context;

    private ClientContext(long context) {
        this.context = context;
    }

    /** Made when it is first used, which {@link #whyNot} does off the loops. */
    private static final class Made {
        private static final ClientContext HTTP = make(List.of("http/1.1"));
        private static final ClientContext TCP = make(List.of());
    }

    /** Why there is none in this process; empty when it is ready for use on the loops. */
    public static Optional<String> whyNot() {
        var whyNot = BoringSsl.whyNot();
        if (whyNot.isEmpty()) {
            http();
        }
        return whyNot;
    }

    /** For HTTP/1.1. */
    public static ClientContext http() {
        return Made.HTTP;
    }

    /** For anything, without ALPN. */
    public static ClientContext tcp() {
        return Made.TCP;
    }

    private static ClientContext make(List<String> applicationProtocols) {
        try {
            BoringSsl.require();
            long context = SSLContext.make(SSL.SSL_PROTOCOL_TLSV1_2 | SSL.SSL_PROTOCOL_TLSV1_3, SSL.SSL_MODE_CLIENT);
            SSLContext.setCertVerifyCallback(context, new AnyCertificate());
            SSLContext.setSessionCacheMode(context, SSL.SSL_SESS_CACHE_OFF);
            if (!applicationProtocols.isEmpty()) {
                SSLContext.setAlpnProtos(
                        context, applicationProtocols.toArray(String[]::new), SSL.SSL_SELECTOR_FAILURE_NO_ADVERTISE);
            }
            return new ClientContext(context);
        } catch (Exception e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    private static final class AnyCertificate extends CertificateVerifier {

        @Override
        public int verify(long ssl, byte[][] chain, String keyExchange) {
            return X509_V_OK;
        }
    }

    /** For one connection to a member. */
    public TlsEngine newEngine() {
        return new TlsEngine(SSL.newSSL(context, false), this, ssl -> "");
    }
}
