package io.evenkeel.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.certificate.OfferedCiphers;
import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.dataplane.tls.boringssl.ServerContext;
import io.evenkeel.dataplane.tls.boringssl.TicketKeys;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * {@code sslscan} finds exactly the protocols and ciphers of each security policy, with a certificate of either kind; what
 * BoringSSL does not have is missing, and nothing stands in for it. Left out where {@code sslscan} is not installed.
 */
@Tag("tls")
class SslScanTests {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final List<String> VERSIONS = List.of("TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    /** What policies name and BoringSSL has not: neither is offered, nor is another in its place. */
    private static final Set<String> GAPS = Set.of(
            "ECDHE-ECDSA-AES128-SHA256",
            "ECDHE-ECDSA-AES256-SHA384",
            "ECDHE-RSA-AES256-SHA384",
            "AES128-SHA256",
            "AES256-SHA256",
            "DHE-RSA-AES128-SHA",
            "DHE-DSS-AES128-SHA",
            "CAMELLIA128-SHA",
            "EDH-RSA-DES-CBC3-SHA",
            "ECDHE-RSA-RC4-SHA",
            "RC4-SHA",
            "DHE-RSA-AES256-SHA",
            "DHE-DSS-AES256-SHA",
            "DHE-RSA-CAMELLIA256-SHA",
            "DHE-DSS-CAMELLIA256-SHA",
            "CAMELLIA256-SHA",
            "EDH-DSS-DES-CBC3-SHA",
            "DHE-RSA-CAMELLIA128-SHA",
            "DHE-DSS-CAMELLIA128-SHA",
            "TLS_AES_128_CCM_SHA256",
            "TLS_AES_128_CCM_8_SHA256");

    @TempDir
    private Path directory;

    private Transport transport;

    /** Before each, so that each is seen to be skipped. */
    @BeforeEach
    void requireSslScan() {
        boolean isThere;
        try {
            isThere = new ProcessBuilder("sslscan", "--version").start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            isThere = false;
        }
        assumeTrue(isThere, "sslscan is not installed");
    }

    @BeforeEach
    void open() {
        transport = TestTransports.open(1);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    static Stream<Arguments> policies() {
        var custom = new SystemSecurityPolicy(
                "custom",
                List.of("TLSv1.3", "TLSv1.2"),
                List.of(
                        "ECDHE-ECDSA-CHACHA20-POLY1305",
                        "ECDHE-RSA-CHACHA20-POLY1305",
                        "ECDHE-RSA-AES128-GCM-SHA256",
                        "AES128-SHA",
                        "DES-CBC3-SHA",
                        "CAMELLIA128-SHA",
                        "TLS_CHACHA20_POLY1305_SHA256"));
        return Stream.concat(SystemSecurityPolicy.ALL.stream(), Stream.of(custom))
                .flatMap(policy -> Stream.of("RSA", "EC").map(kind -> Arguments.of(policy.name(), kind, policy)));
    }

    @ParameterizedTest(name = "{0}, a certificate of kind {1}")
    @MethodSource("policies")
    void findsExactlyWhatThePolicySays(String name, String kind, SystemSecurityPolicy policy) throws Exception {
        assertThat(name).isNotBlank();
        var found = scan(serve(policy, kind));
        assertThat(found).isEqualTo(expected(policy, kind.equals("EC")));
        policy.ciphers().stream()
                .filter(cipher -> !OfferedCiphers.OLDER.contains(cipher) && !OfferedCiphers.OF_TLS_1_3.contains(cipher))
                .forEach(cipher -> assertThat(GAPS).contains(cipher));
    }

    /** By version: the ciphers that a client can have. A version without any cannot be spoken. */
    private static Map<String, Set<String>> expected(SystemSecurityPolicy policy, boolean isEc) {
        var expected = new TreeMap<String, Set<String>>();
        for (var protocol : policy.protocols()) {
            var version = protocol.equals("TLSv1") ? "TLSv1.0" : protocol;
            var ciphers = new TreeSet<String>();
            if (version.equals("TLSv1.3")) {
                ciphers.addAll(OfferedCiphers.OF_TLS_1_3);
            } else {
                policy.ciphers().stream()
                        .filter(OfferedCiphers.OLDER::contains)
                        .filter(cipher -> cipher.contains("ECDSA") == isEc)
                        .filter(cipher -> version.equals("TLSv1.2") || cipher.endsWith("-SHA"))
                        .forEach(ciphers::add);
            }
            if (!ciphers.isEmpty()) {
                expected.put(version, ciphers);
            }
        }
        return expected;
    }

    private int serve(SystemSecurityPolicy policy, String kind) throws Exception {
        var keys = kind.equals("EC") ? Pki.ec(11) : Pki.rsa(2048, 1);
        var certificate =
                TlsStates.certificate("main", Pki.selfSigned(Wish.of("main").keys(keys)));
        var tls = TlsStates.policy(certificate, policy.protocols(), policy.ciphers());
        var context = ServerContext.of(UUID.randomUUID(), tls, List.of("http/1.1"), TlsStates.KEYS, new TicketKeys(0));
        var traffic = new Traffic(1).of(UUID.randomUUID(), UUID.randomUUID());
        return transport
                .listen(ANY_PORT, new TlsAcceptor(() -> context, connection -> new Silent(), traffic))
                .localAddress()
                .getPort();
    }

    private Map<String, Set<String>> scan(int port) throws Exception {
        var report = directory.resolve("report.xml");
        var command = new ArrayList<>(List.of("sslscan", "--no-colour", "--xml=" + report, "--ipv4"));
        command.addAll(List.of("--no-heartbleed", "--no-renegotiation", "--no-compression", "--no-fallback"));
        command.addAll(List.of("--no-groups", "--no-check-certificate", "127.0.0.1:" + port));
        var scanner = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(scanner.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(scanner.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(scanner.exitValue()).as(said).isZero();
        return read(Files.readAllBytes(report));
    }

    private static Map<String, Set<String>> read(byte[] report)
            throws ParserConfigurationException, SAXException, IOException {
        var document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(report));
        var found = new TreeMap<String, Set<String>>();
        var ciphers = document.getElementsByTagName("cipher");
        for (int i = 0; i < ciphers.getLength(); i++) {
            var cipher = (Element) ciphers.item(i);
            found.computeIfAbsent(cipher.getAttribute("sslversion"), version -> new TreeSet<>())
                    .add(nameOf(cipher.getAttribute("cipher")));
        }
        var protocols = document.getElementsByTagName("protocol");
        for (int i = 0; i < protocols.getLength(); i++) {
            var protocol = (Element) protocols.item(i);
            var version = "TLSv" + protocol.getAttribute("version");
            boolean isOn = protocol.getAttribute("enabled").equals("1");
            boolean isTls = protocol.getAttribute("type").equals("tls");
            assertThat(isOn).as(version).isEqualTo(isTls && found.containsKey(version));
            assertThat(isTls && !VERSIONS.contains(version)).isFalse();
        }
        return found;
    }

    /** What its own OpenSSL was built without, sslscan finds by itself and calls by its registered name. */
    private static String nameOf(String cipher) {
        return cipher.equals("TLS_RSA_WITH_3DES_EDE_CBC_SHA") ? "DES-CBC3-SHA" : cipher;
    }

    /** Says nothing: scanners only shake hands. */
    private static final class Silent implements ConnectionHandler {

        @Override
        public void onData(Connection connection, MemorySegment bytes) {}

        @Override
        public void onEndOfInput(Connection connection) {
            connection.close();
        }

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {}
    }
}
