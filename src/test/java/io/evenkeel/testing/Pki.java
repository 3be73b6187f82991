package io.evenkeel.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** Makes certificates and keys for tests. Key pairs are made once per kind and number: RSA keys take their time. */
public final class Pki {

    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private Pki() {}

    /** A certificate with the keys it is about. */
    public record Issued(X509Certificate certificate, KeyPair keys) {

        public String pem() {
            try {
                return Pki.pem("CERTIFICATE", certificate.getEncoded());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        /** PKCS#8. */
        public String key() {
            return Pki.pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        }

        /** PKCS#1 for RSA, SEC 1 for EC. */
        public String traditionalKey() {
            try {
                var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
                var inner = keys.getPrivate() instanceof ECPrivateKey key
                        ? new org.bouncycastle.asn1.sec.ECPrivateKey(
                                key.getParams().getOrder().bitLength(),
                                key.getS(),
                                info.getPrivateKeyAlgorithm().getParameters())
                        : info.parsePrivateKey();
                return Pki.pem(
                        keys.getPrivate().getAlgorithm() + " PRIVATE KEY",
                        inner.toASN1Primitive().getEncoded());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** What a certificate shall say; every part has a default. */
    public record Wish(
            String commonName,
            KeyPair keys,
            boolean isAuthority,
            Instant notBefore,
            Instant notAfter,
            List<String> names) {

        public static Wish of(String commonName) {
            var now = Instant.now();
            return new Wish(
                    commonName, ec(1), false, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365)), List.of());
        }

        public Wish keys(KeyPair other) {
            return new Wish(commonName, other, isAuthority, notBefore, notAfter, names);
        }

        public Wish authority() {
            return new Wish(commonName, keys, true, notBefore, notAfter, names);
        }

        public Wish valid(Instant from, Instant to) {
            return new Wish(commonName, keys, isAuthority, from, to, names);
        }

        public Wish names(String... dnsNames) {
            return new Wish(commonName, keys, isAuthority, notBefore, notAfter, List.of(dnsNames));
        }
    }

    /** A certificate that nobody signed but its own key. */
    public static Issued selfSigned(Wish wish) {
        return issue(wish, null);
    }

    public static Issued selfSigned(String commonName) {
        return selfSigned(Wish.of(commonName));
    }

    public static Issued issue(Wish wish, @Nullable Issued issuer) {
        try {
            var subject = new X500Name("CN=" + wish.commonName());
            var signing = issuer == null ? wish.keys() : issuer.keys();
            var builder = new JcaX509v3CertificateBuilder(
                    issuer == null
                            ? subject
                            : X500Name.getInstance(issuer.certificate()
                                    .getSubjectX500Principal()
                                    .getEncoded()),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(wish.notBefore()),
                    Date.from(wish.notAfter()),
                    subject,
                    wish.keys().getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(wish.isAuthority()));
            if (!wish.names().isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(wish.names().stream()
                                .map(name -> new GeneralName(
                                        name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                                .toArray(GeneralName[]::new)));
            }
            var algorithm = signing.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            var signer = new JcaContentSignerBuilder(algorithm).build(signing.getPrivate());
            return new Issued(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), wish.keys());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /** The certificates one behind the other. */
    public static String bundle(Issued... certificates) {
        return Stream.of(certificates).map(Issued::pem).collect(Collectors.joining());
    }

    public static KeyPair rsa(int bits, int number) {
        return KEYS.computeIfAbsent("RSA/" + bits + "/" + number, key -> {
            try {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** A key pair on P-256. */
    public static KeyPair ec(int number) {
        return ec("secp256r1", number);
    }

    public static KeyPair ec(String curve, int number) {
        return KEYS.computeIfAbsent("EC/" + curve + "/" + number, key -> {
            try {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec(curve));
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        });
    }

    public static String pem(String type, byte[] content) {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }
}
