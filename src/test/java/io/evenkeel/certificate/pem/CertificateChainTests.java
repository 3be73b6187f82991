package io.evenkeel.certificate.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.platform.error.ElbException;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Issued;
import io.evenkeel.testing.Pki.Wish;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateChainTests {

    private static final Issued ROOT =
            Pki.selfSigned(Wish.of("root").keys(Pki.ec(2)).authority());
    private static final Issued MIDDLE =
            Pki.issue(Wish.of("middle").keys(Pki.rsa(2048, 1)).authority(), ROOT);
    private static final Issued LEAF = Pki.issue(Wish.of("leaf").names("a.example", "10.0.0.1"), MIDDLE);

    @Test
    void readsAChainInItsOrder() {
        var chain = CertificateChain.ofServer(Pki.bundle(LEAF, MIDDLE, ROOT));

        assertThat(chain.certificates()).containsExactly(LEAF.certificate(), MIDDLE.certificate(), ROOT.certificate());
        assertThat(chain.leaf()).isEqualTo(LEAF.certificate());
    }

    @Test
    void readsAChainWithoutItsRootAndWithTextAroundTheBlocks() {
        var text = "subject=CN = leaf\r\n" + LEAF.pem().replace("\n", "\r\n") + "\r\n\r\nsubject=CN = middle\r\n"
                + MIDDLE.pem();

        assertThat(CertificateChain.ofServer(text).certificates()).hasSize(2);
    }

    @Test
    void saysWhichCertificateDoesNotFollow() {
        assertThatThrownBy(() -> CertificateChain.ofServer(Pki.bundle(LEAF, ROOT, MIDDLE)))
                .hasMessageContaining("certificate 2 of the chain (CN=root) did not sign certificate 1")
                .hasMessageContaining("(CN=leaf)");
        assertThatThrownBy(() -> CertificateChain.ofServer(Pki.bundle(LEAF, MIDDLE, LEAF)))
                .hasMessageContaining("certificate 3 of the chain (CN=leaf) did not sign certificate 2");
    }

    @Test
    void refusesASignerThatOnlyBearsTheName() {
        var impostor = Pki.selfSigned(Wish.of("middle").keys(Pki.rsa(2048, 2)).authority());

        assertThatThrownBy(() -> CertificateChain.ofServer(Pki.bundle(LEAF, impostor)))
                .hasMessageContaining("certificate 2 of the chain (CN=middle) did not sign certificate 1");
    }

    @Test
    void takesElevenCertificatesAndNoMore() {
        var authorities = new Issued[12];
        authorities[11] = ROOT;
        for (int i = 10; i >= 0; i--) {
            authorities[i] = Pki.issue(Wish.of("a" + i).authority(), i == 10 ? ROOT : authorities[i + 1]);
        }
        // Each is signed by the next one's key, which all but the root share.
        assertThatThrownBy(() -> CertificateChain.ofServer(Pki.bundle(authorities)))
                .hasMessageContaining("at most 11");
        var eleven = java.util.Arrays.copyOfRange(authorities, 1, 12);
        assertThat(CertificateChain.ofServer(Pki.bundle(eleven)).certificates()).hasSize(11);
    }

    @Test
    void takesAuthoritiesInAnyOrderAndNobodyElse() {
        assertThat(CertificateChain.ofAuthorities(Pki.bundle(ROOT, MIDDLE)).certificates())
                .hasSize(2);
        assertThatThrownBy(() -> CertificateChain.ofAuthorities(Pki.bundle(ROOT, LEAF)))
                .hasMessage("CA certificate content is not valid. certificate 2 of the chain (CN=leaf) is not that of"
                        + " an authority: its basic constraints do not say CA:TRUE.");
    }

    static Stream<String> garbage() {
        var der = LEAF.pem();
        return Stream.of(
                "",
                "hello",
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                der.replace("END CERTIFICATE", "END X"),
                der.substring(0, der.length() / 2),
                Pki.pem("CERTIFICATE", LEAF.keys().getPublic().getEncoded()),
                Pki.pem("CERTIFICATE", nested((byte) 0x30, 24_000)),
                Pki.pem("CERTIFICATE", indefinite(24_000)),
                Pki.pem("CERTIFICATE", new byte[48_000]),
                "-----BEGIN CERTIFICATE-----\n".repeat(2300));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void refusesWhatIsNoCertificate(String text) {
        assertThatThrownBy(() -> CertificateChain.ofServer(text))
                .isInstanceOf(ElbException.class)
                .hasMessageStartingWith("Invalid private key or certificate content. certificate");
        assertThatThrownBy(() -> CertificateChain.ofAuthorities(text))
                .isInstanceOf(ElbException.class)
                .hasMessageStartingWith("CA certificate content is not valid. certificate");
    }

    /** Sequences of sequences, as deep as the size allows. */
    private static byte[] nested(byte tag, int depth) {
        var bytes = new byte[depth * 2];
        for (int i = 0; i < depth; i++) {
            bytes[2 * i] = tag;
            bytes[2 * i + 1] = (byte) Math.min(127, 2 * (depth - i - 1));
        }
        return bytes;
    }

    private static byte[] indefinite(int depth) {
        var bytes = new byte[depth * 2];
        for (int i = 0; i < depth; i++) {
            bytes[2 * i] = 0x30;
            bytes[2 * i + 1] = (byte) 0x80;
        }
        return bytes;
    }

    @Test
    void refusesKeysThatAreTooSmallOrOfAnotherKind() throws Exception {
        var small = Pki.selfSigned(Wish.of("small").keys(Pki.rsa(1024, 1)));
        assertThatThrownBy(() -> CertificateChain.ofServer(small.pem()))
                .hasMessageContaining("certificate 1 of the chain (CN=small) " + KeyRules.RULE);
    }

    @Test
    void refusesAPrivateKeyInTheCertificate() {
        assertThatThrownBy(() -> CertificateChain.ofServer(LEAF.pem() + LEAF.key()))
                .hasMessageContaining("must not hold a private key");
    }

    @Test
    void tellsWhatTheLeafSaysOfItself() throws Exception {
        var facts = LeafFacts.of(LEAF.certificate());

        assertThat(facts.commonName()).isEqualTo("leaf");
        assertThat(facts.subjectAlternativeNames()).containsExactly("a.example", "10.0.0.1");
        assertThat(facts.expireTime())
                .isEqualTo(LEAF.certificate().getNotAfter().toInstant());
        assertThat(facts.notBefore())
                .isEqualTo(LEAF.certificate().getNotBefore().toInstant());
        assertThat(facts.fingerprint())
                .isEqualTo(java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(LEAF.certificate().getEncoded())));
    }

    @Test
    void showsNoControlCharactersOfANameFromStrangers() {
        var odd = Pki.selfSigned(Wish.of("a\\00b\\0Ac"));

        assertThat(LeafFacts.of(odd.certificate()).commonName()).isEqualTo("a?b?c");
    }
}
