package io.evenkeel.dataplane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.certificate.OfferedCiphers;
import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.desiredstate.DesiredCertificate;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every protocol with every cipher is offered to listeners of every security policy. */
class OfferTests {

    private static final DesiredCertificate EC = TlsStates.certificate("ec", Pki.selfSigned("ec"));
    private static final DesiredCertificate RSA =
            TlsStates.certificate("rsa", Pki.selfSigned(Wish.of("rsa").keys(Pki.rsa(2048, 1))));

    @BeforeAll
    static void load() {
        assertThat(BoringSsl.whyNot()).isEmpty();
    }

    static Stream<SystemSecurityPolicy> systemPolicies() {
        return SystemSecurityPolicy.ALL.stream();
    }

    private static ServerContext context(DesiredCertificate certificate, List<String> protocols, List<String> ciphers)
            throws TlsUnusableException {
        return ServerContext.of(
                UUID.randomUUID(),
                TlsStates.policy(certificate, protocols, ciphers),
                List.of(),
                TlsStates.KEYS,
                new TicketKeys(0));
    }

    /** What a listener takes, as "protocol cipher". */
    private static Set<String> taken(List<String> protocols, List<String> ciphers) throws TlsUnusableException {
        var taken = new TreeSet<String>();
        for (var certificate : List.of(EC, RSA)) {
            var context = context(certificate, protocols, ciphers);
            for (var protocol : Hello.VERSIONS.keySet()) {
                for (var cipher : Hello.CODES.keySet()) {
                    if (Hello.isTaken(context, protocol, cipher)) {
                        taken.add(protocol + " " + cipher);
                    }
                }
            }
        }
        return taken;
    }

    /** What the policy allows and the library has. */
    private static Set<String> allowed(List<String> protocols, List<String> ciphers) {
        var allowed = new TreeSet<String>();
        for (var protocol : protocols) {
            for (var cipher : ciphers) {
                boolean isTogether = switch (protocol) {
                    case "TLSv1.3" -> OfferedCiphers.OF_TLS_1_3.contains(cipher);
                    case "TLSv1.2" -> OfferedCiphers.OLDER.contains(cipher);
                    default -> OfferedCiphers.OLDER.contains(cipher) && cipher.endsWith("-SHA");
                };
                if (isTogether) {
                    allowed.add(protocol + " " + cipher);
                }
            }
        }
        return allowed;
    }

    @ParameterizedTest
    @MethodSource("systemPolicies")
    void offersWhatASystemPolicyAllowsAndNothingElse(SystemSecurityPolicy policy) throws TlsUnusableException {
        assertThat(taken(policy.protocols(), policy.ciphers()))
                .isEqualTo(allowed(policy.protocols(), policy.ciphers()))
                .isNotEmpty();
    }

    @Test
    void offersWhatACustomPolicyAllowsAndNothingElse() throws TlsUnusableException {
        var ciphers = List.of("DES-CBC3-SHA", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-AES128-SHA256");
        assertThat(taken(List.of("TLSv1.1", "TLSv1.2", "TLSv1.3"), ciphers))
                .containsExactly(
                        "TLSv1.1 DES-CBC3-SHA",
                        "TLSv1.2 DES-CBC3-SHA",
                        "TLSv1.2 ECDHE-ECDSA-CHACHA20-POLY1305",
                        "TLSv1.2 ECDHE-RSA-AES128-SHA256");
    }

    @Test
    void offersTheProtocolsAboveAGapAlone() throws TlsUnusableException {
        assertThat(taken(List.of("TLSv1", "TLSv1.2"), List.of("AES128-SHA"))).containsExactly("TLSv1.2 AES128-SHA");
    }

    @Test
    void refusesAPolicyOfWhichNothingCanBeOffered() {
        assertThatExceptionOfType(TlsUnusableException.class)
                .isThrownBy(() -> context(EC, List.of("TLSv1.2"), List.of("CAMELLIA128-SHA")))
                .withMessageContaining("CAMELLIA128-SHA");
    }

    @Test
    void theControlPlaneTellsOfTheCiphersThatTheLibraryHas() {
        assertThat(Hello.CODES.keySet().stream().filter(BoringSsl::knows))
                .containsExactlyInAnyOrderElementsOf(OfferedCiphers.OLDER);
    }

    @Test
    void warmsUpWithHandshakesOfItsOwn() throws TlsUnusableException {
        var context = context(EC, List.of("TLSv1.3", "TLSv1.2"), TlsStates.MODERN);
        assertThat(WarmUp.run(context, Duration.ofMillis(100))).isPositive();
    }
}
