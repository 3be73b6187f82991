package io.evenkeel.certificate.pem;

import jakarta.persistence.Embeddable;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf certificate says of itself.
 *
 * @param expireTime its notAfter
 * @param commonName null when its subject has none
 * @param fingerprint SHA-256 over its DER form, 64 lower-case hex digits
 * @param subjectAlternativeNames DNS names and IP addresses
 */
@Embeddable
public record LeafFacts(
        Instant notBefore,
        Instant expireTime,
        @Nullable String commonName,
        String fingerprint,
        @JdbcTypeCode(SqlTypes.ARRAY) List<String> subjectAlternativeNames) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int LONGEST_NAME = 255;

    public LeafFacts {
        subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
    }

    public static LeafFacts of(X509Certificate leaf) {
        try {
            return new LeafFacts(
                    leaf.getNotBefore().toInstant(),
                    leaf.getNotAfter().toInstant(),
                    commonNameOf(leaf),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded())),
                    namesOf(leaf));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read cannot be written", e);
        }
    }

    static @Nullable String commonNameOf(X509Certificate certificate) {
        var names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return names.length == 0
                ? null
                : printable(IETFUtils.valueToString(names[0].getFirst().getValue()));
    }

    private static List<String> namesOf(X509Certificate leaf) throws GeneralSecurityException {
        return Optional.ofNullable(leaf.getSubjectAlternativeNames()).stream()
                .flatMap(names -> names.stream())
                .filter(name -> name.getFirst() instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS))
                .map(name -> printable(String.valueOf(name.getLast())))
                .toList();
    }

    /** Names come from strangers and go into answers, logs and the database. */
    private static String printable(String name) {
        var text = name.replaceAll("[\\p{Cc}\\p{Cs}]", "?");
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    }
}
