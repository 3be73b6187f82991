package io.evenkeel.dataplane.tls.boringssl;

import io.evenkeel.dataplane.tls.boringssl.ServerNames.Named;
import io.evenkeel.desiredstate.DesiredCertificate;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.delivery.KeyOpener;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How a listener does TLS, in the library's memory: immutable but for the keys of tickets, shared by all loops. It is
 * freed when nobody holds it any more, the engines made of it included. To be built off the loops.
 */
public final class ServerContext {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int MAX_CLIENT_CHAIN = 10;

    private final long context;
    private final ServerNames<KeyMaterial> names;

    private ServerContext(long context, ServerNames<KeyMaterial> names, List<KeyMaterial> materials) {
        this.context = context;
        this.names = names;
        CLEANER.register(this, () -> free(context, materials));
    }

    /**
     * @param listenerId sessions are resumed with this listener only, and only while policy and authorities stay
     * @param applicationProtocols for ALPN, the preferred first
     */
    public static ServerContext of(
            UUID listenerId, DesiredTls tls, List<String> applicationProtocols, KeyOpener keys, TicketKeys tickets)
            throws TlsUnusableException {
        BoringSsl.require();
        var offer = Offer.of(tls);
        var materials = new ArrayList<KeyMaterial>();
        long context = 0;
        try {
            var names = names(tls, keys, materials);
            context = SSLContext.make(offer.protocols(), SSL.SSL_MODE_SERVER);
            configure(context, offer, applicationProtocols);
            SSLContext.setSessionIdContext(context, sessionContext(listenerId, tls));
            SSLContext.setSessionTicketKeys(context, tickets.current());
            // Holds the names, never the context itself, which could not be freed then.
            SSLContext.setCertificateCallback(context, (ssl, keyTypes, issuers) -> {
                var material = names.find(SSL.getSniHostname(ssl));
                SSL.setKeyMaterial(ssl, material.chain(), material.key());
            });
            requireClientCertificates(context, tls);
            requirePairs(context, materials);
            return new ServerContext(context, names, List.copyOf(materials));
        } catch (Exception e) {
            free(context, materials);
            throw e instanceof TlsUnusableException unusable
                    ? unusable
                    : new TlsUnusableException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static ServerNames<KeyMaterial> names(DesiredTls tls, KeyOpener keys, List<KeyMaterial> materials)
            throws TlsUnusableException {
        var otherwise = material(tls.certificate(), keys, materials);
        var named = new ArrayList<Named<KeyMaterial>>();
        for (var certificate : tls.sniCertificates()) {
            named.add(new Named<>(certificate.domains(), material(certificate, keys, materials)));
        }
        return new ServerNames<>(otherwise, named, tls.sniMatch());
    }

    private static KeyMaterial material(DesiredCertificate certificate, KeyOpener keys, List<KeyMaterial> materials)
            throws TlsUnusableException {
        var material = KeyMaterial.of(certificate, keys);
        materials.add(material);
        return material;
    }

    private static void configure(long context, Offer offer, List<String> applicationProtocols) throws Exception {
        SSLContext.setOptions(
                context, SSL.SSL_OP_CIPHER_SERVER_PREFERENCE | SSL.SSL_OP_NO_COMPRESSION | offer.options());
        SSLContext.setSessionCacheMode(context, SSL.SSL_SESS_CACHE_OFF);
        if (!offer.ciphers().isEmpty()) {
            SSLContext.setCipherSuite(context, offer.cipherList(), false);
        }
        if (!applicationProtocols.isEmpty()) {
            SSLContext.setAlpnProtos(
                    context, applicationProtocols.toArray(String[]::new), SSL.SSL_SELECTOR_FAILURE_NO_ADVERTISE);
        }
    }

    private static byte[] sessionContext(UUID listenerId, DesiredTls tls) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var text = listenerId + "\n" + tls.protocols() + "\n" + tls.ciphers() + "\n" + tls.clientAuthorities();
            return digest.digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static void requireClientCertificates(long context, DesiredTls tls) throws Exception {
        if (tls.clientAuthorities().isEmpty()) {
            return;
        }
        var authorities = tls.clientAuthorities().get();
        SSLContext.setVerify(context, SSL.SSL_CVERIFY_REQUIRED, MAX_CLIENT_CHAIN);
        SSLContext.setCertVerifyCallback(context, ClientAuthorities.of(authorities));
        long names = BoringSsl.bufferOf(authorities.certificates().getBytes(StandardCharsets.US_ASCII));
        try {
            if (!SSLContext.setCACertificateBio(context, names)) {
                throw new TlsUnusableException(
                        "The authorities of certificate " + authorities.id() + " cannot be read.");
            }
        } finally {
            SSL.freeBIO(names);
        }
    }

    private static void requirePairs(long context, List<KeyMaterial> materials) throws TlsUnusableException {
        for (var material : materials) {
            long trial = SSL.newSSL(context, true);
            try {
                SSL.setKeyMaterial(trial, material.chain(), material.key());
            } catch (Exception e) {
                throw new TlsUnusableException(
                        "Certificate " + material.certificateId() + " and its private key are no pair.", e);
            } finally {
                SSL.freeSSL(trial);
            }
        }
    }

    private static void free(long context, List<KeyMaterial> materials) {
        if (context != 0) {
            SSLContext.free(context);
        }
        materials.forEach(KeyMaterial::free);
    }

    /** For one connection of a client. */
    public TlsEngine newEngine() {
        return new TlsEngine(SSL.newSSL(context, true), this, this::certificateId);
    }

    private String certificateId(long ssl) {
        return names.find(SSL.getSniHostname(ssl)).certificateId();
    }

    /** Goes on with other keys; handshakes under way are not disturbed. */
    void use(TicketKeys tickets) {
        SSLContext.setSessionTicketKeys(context, tickets.current());
    }
}
