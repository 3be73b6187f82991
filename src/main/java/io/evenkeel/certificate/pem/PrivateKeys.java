package io.evenkeel.certificate.pem;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.error.ErrorCode;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/** Private keys as PEM: PKCS#8, PKCS#1 (RSA) and SEC 1 (EC), unencrypted. Messages never quote any of it. */
public final class PrivateKeys {

    private static final byte[] PROBE = "evenkeel".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String CURVE_BLOCK = "EC PARAMETERS";
    private static final int MAX_BLOCKS = 2;

    private PrivateKeys() {}

    /** Errors: CERTIFICATE_INVALID. */
    public static PrivateKey read(Secret pem) {
        var blocks = PemBlocks.read(pem.value(), MAX_BLOCKS, "private_key", ErrorCode.CERTIFICATE_INVALID);
        if (blocks.stream()
                        .filter(block -> !block.getType().equals(CURVE_BLOCK))
                        .count()
                != 1) {
            throw ErrorCode.CERTIFICATE_INVALID.with("private_key must hold one private key and nothing else");
        }
        return switch (parsed(pem)) {
            case PKCS8EncryptedPrivateKeyInfo encrypted -> throw encrypted();
            case PEMEncryptedKeyPair encrypted -> throw encrypted();
            case PrivateKeyInfo info -> convert(info);
            case PEMKeyPair pair -> convert(pair.getPrivateKeyInfo());
            case null, default -> throw unreadable();
        };
    }

    /** The block that is not the curve, which openssl writes in front of an EC key. */
    private static @Nullable Object parsed(Secret pem) {
        try (var parser = new PEMParser(new StringReader(pem.value()))) {
            var first = parser.readObject();
            boolean isKey = first instanceof PKCS8EncryptedPrivateKeyInfo
                    || first instanceof PEMEncryptedKeyPair
                    || first instanceof PrivateKeyInfo
                    || first instanceof PEMKeyPair;
            return isKey ? first : parser.readObject();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw unreadable();
        }
    }

    private static PrivateKey convert(PrivateKeyInfo info) {
        try {
            var key = new JcaPEMKeyConverter().getPrivateKey(info);
            if (key instanceof RSAPrivateCrtKey || key instanceof ECPrivateKey) {
                return key;
            }
        } catch (IOException | RuntimeException e) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static RuntimeException encrypted() {
        return ErrorCode.CERTIFICATE_INVALID.with("private_key must not be encrypted: remove its passphrase first");
    }

    private static RuntimeException unreadable() {
        return ErrorCode.CERTIFICATE_INVALID.with(
                "private_key must be an RSA key (PKCS#1 or PKCS#8) or an EC key on P-256, P-384 or P-521"
                        + " (SEC 1 or PKCS#8)");
    }

    /** Whether what the private key signs is what the public key verifies. Errors: KEY_MISMATCH. */
    public static void checkPair(PublicKey publicKey, PrivateKey privateKey) {
        try {
            if (mayBelong(publicKey, privateKey) && signsFor(publicKey, privateKey)) {
                return;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            // Falls through to the refusal, which says all that there is to say.
        }
        throw ErrorCode.KEY_MISMATCH.with("private_key does not belong to the first certificate");
    }

    /** Also keeps the numbers of a made-up RSA key within the size of the real one, so that signing is quick. */
    private static boolean mayBelong(PublicKey publicKey, PrivateKey privateKey) {
        if (!(privateKey instanceof RSAPrivateCrtKey key)) {
            return !(publicKey instanceof RSAPublicKey);
        }
        return publicKey instanceof RSAPublicKey rsa
                && key.getModulus().equals(rsa.getModulus())
                && key.getPublicExponent().equals(rsa.getPublicExponent())
                && isBelow(key.getPrivateExponent(), key.getModulus())
                && isBelow(key.getPrimeP(), key.getModulus())
                && isBelow(key.getPrimeQ(), key.getModulus())
                && isBelow(key.getPrimeExponentP(), key.getPrimeP())
                && isBelow(key.getPrimeExponentQ(), key.getPrimeQ())
                && isBelow(key.getCrtCoefficient(), key.getPrimeP());
    }

    private static boolean isBelow(BigInteger number, BigInteger bound) {
        return number.signum() > 0 && number.compareTo(bound) < 0;
    }

    private static boolean signsFor(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        var algorithm = privateKey instanceof ECPrivateKey ? "SHA256withECDSA" : "SHA256withRSA";
        var signer = Signature.getInstance(algorithm);
        signer.initSign(privateKey);
        signer.update(PROBE);
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(publicKey);
        verifier.update(PROBE);
        return verifier.verify(signer.sign());
    }
}
