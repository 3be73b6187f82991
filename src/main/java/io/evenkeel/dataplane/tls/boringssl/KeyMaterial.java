package io.evenkeel.dataplane.tls.boringssl;

import io.evenkeel.desiredstate.DesiredCertificate;
import io.evenkeel.desiredstate.delivery.KeyOpener;
import io.netty.internal.tcnative.SSL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A certificate and its key in the library's memory, to be freed once.
 *
 * @param chain and {@code key}: native pointers
 */
record KeyMaterial(String certificateId, long chain, long key) {

    static KeyMaterial of(DesiredCertificate certificate, KeyOpener keys) throws TlsUnusableException {
        long chain = chainOf(certificate);
        try {
            return new KeyMaterial(certificate.id(), chain, keyOf(certificate, keys));
        } catch (TlsUnusableException e) {
            SSL.freeX509Chain(chain);
            throw e;
        }
    }

    private static long chainOf(DesiredCertificate certificate) throws TlsUnusableException {
        try {
            long buffer = BoringSsl.bufferOf(certificate.chain().getBytes(StandardCharsets.US_ASCII));
            try {
                return SSL.parseX509Chain(buffer);
            } finally {
                SSL.freeBIO(buffer);
            }
        } catch (Exception e) {
            throw new TlsUnusableException("Certificate " + certificate.id() + " cannot be read.", e);
        }
    }

    private static long keyOf(DesiredCertificate certificate, KeyOpener keys) throws TlsUnusableException {
        byte[] opened;
        try {
            opened = keys.open(certificate.id(), Base64.getDecoder().decode(certificate.sealedKey()));
        } catch (RuntimeException e) {
            throw new TlsUnusableException(
                    "The private key of certificate " + certificate.id() + " does not open: " + e.getMessage(), e);
        }
        try {
            long buffer = BoringSsl.bufferOf(opened);
            try {
                return SSL.parsePrivateKey(buffer, null);
            } finally {
                SSL.freeBIO(buffer);
            }
        } catch (Exception e) {
            throw new TlsUnusableException(
                    "The private key of certificate " + certificate.id() + " cannot be read.", e);
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    void free() {
        SSL.freePrivateKey(key);
        SSL.freeX509Chain(chain);
    }
}
