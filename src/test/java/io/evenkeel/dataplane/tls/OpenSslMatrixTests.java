package io.evenkeel.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.dataplane.tls.boringssl.ServerContext;
import io.evenkeel.dataplane.tls.boringssl.TicketKeys;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code openssl s_client} as the client; left out where there is none. */
@Tag("openssl")
class OpenSslMatrixTests {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    @TempDir
    private Path directory;

    private Transport transport;

    /** Before each, so that each is seen to be skipped. */
    @BeforeEach
    void requireOpenSsl() {
        boolean isThere;
        try {
            isThere = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            isThere = false;
        }
        assumeTrue(isThere, "openssl is not installed");
    }

    @BeforeEach
    void open() {
        transport = TestTransports.open(1);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private InetSocketAddress serve(DesiredTls tls) throws Exception {
        var context = ServerContext.of(UUID.randomUUID(), tls, List.of("http/1.1"), TlsStates.KEYS, new TicketKeys(0));
        var traffic = new Traffic(1).of(UUID.randomUUID(), UUID.randomUUID());
        return transport
                .listen(ANY_PORT, new TlsAcceptor(() -> context, connection -> new Answering(), traffic))
                .localAddress();
    }

    private static String ask(InetSocketAddress address, String... options) throws Exception {
        var command = new ArrayList<>(
                List.of("openssl", "s_client", "-ign_eof", "-connect", "127.0.0.1:" + address.getPort()));
        command.addAll(List.of(options));
        var client = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var to = client.getOutputStream()) {
            to.write("hello\n".getBytes(StandardCharsets.US_ASCII));
        }
        var said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @ParameterizedTest
    @CsvSource({
        "tls-1-0-with-1-3, -tls1, TLSv1",
        "tls-1-0-with-1-3, -tls1_1, TLSv1.1",
        "tls-1-0-with-1-3, -tls1_2, TLSv1.2",
        "tls-1-0-with-1-3, -tls1_3, TLSv1.3",
        "tls-1-2, -tls1_2, TLSv1.2",
        "tls-1-2, -tls1_1, none",
        "tls-1-2, -tls1_3, none",
        "tls-1-2-fs-with-1-3, -tls1_1, none",
        "hybrid-policy-1-0, -tls1_1, TLSv1.1",
        "hybrid-policy-1-0, -tls1, none"
    })
    void speaksTheProtocolsOfThePolicyAlone(String name, String option, String protocol) throws Exception {
        var policy = SystemSecurityPolicy.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        var certificate =
                TlsStates.certificate("rsa", Pki.selfSigned(Wish.of("rsa").keys(Pki.rsa(2048, 1))));
        var address = serve(TlsStates.policy(certificate, policy.protocols(), policy.ciphers()));
        var said = ask(address, option, "-cipher", "ALL@SECLEVEL=0");
        if (protocol.equals("none")) {
            assertThat(said).contains("alert protocol version").doesNotContain("answered");
        } else {
            assertThat(said)
                    .contains("answered")
                    .containsPattern("Protocol *: " + protocol + "\n|New, " + protocol + ",");
        }
    }

    static Stream<Arguments> combinations() {
        return Stream.of("-tls1_2", "-tls1_3")
                .flatMap(version -> Stream.of("", "www.shop.example", "deep.www.shop.example", "other.example")
                        .flatMap(name -> Stream.of("none", "known", "strange")
                                .map(shown -> Arguments.of(version, name, shown))));
    }

    /** Each version, with no name, one that is served, and ones that are not, and with each kind of client. */
    @ParameterizedTest
    @MethodSource("combinations")
    void showsTheCertificateOfTheNameAndServesKnownClientsAlone(String version, String name, String shown)
            throws Exception {
        var authority = Pki.selfSigned(Wish.of("authority").keys(Pki.ec(7)).authority());
        var stranger = Pki.selfSigned(Wish.of("stranger").keys(Pki.ec(9)));
        var main = TlsStates.certificate("main", Pki.selfSigned("main"));
        var shop = TlsStates.certificate("shop", Pki.selfSigned(Wish.of("shop").keys(Pki.ec(10))), "*.shop.example");
        var address =
                serve(TlsStates.asking(TlsStates.with(main, List.of(shop), DesiredTls.SniMatch.WILDCARD), authority));
        var options = new ArrayList<>(List.of(version, "-cipher", "ALL"));
        options.addAll(name.isEmpty() ? List.of("-noservername") : List.of("-servername", name));
        if (!shown.equals("none")) {
            var issued = shown.equals("known") ? Pki.issue(Wish.of("client").keys(Pki.ec(8)), authority) : stranger;
            var file = Files.writeString(directory.resolve("client.pem"), issued.pem() + issued.key());
            options.addAll(List.of("-cert", file.toString()));
        }

        var said = ask(address, options.toArray(String[]::new));

        assertThat(said).containsPattern("subject=CN ?= ?" + (name.equals("www.shop.example") ? "shop" : "main"));
        if (shown.equals("known")) {
            assertThat(said).contains("answered");
        } else {
            assertThat(said).contains("alert").doesNotContain("answered");
        }
    }

    @Test
    void resumesASessionThatWasKeptInAFile() throws Exception {
        var address = serve(TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))));
        var session = directory.resolve("session").toString();
        assertThat(ask(address, "-sess_out", session)).contains("New, TLSv1.3");
        assertThat(ask(address, "-sess_in", session)).contains("Reused, TLSv1.3");
    }

    @Test
    void asksForCertificatesOfItsAuthorities() throws Exception {
        var authority = Pki.selfSigned(Wish.of("authority").keys(Pki.ec(7)).authority());
        var known = Pki.issue(Wish.of("client").keys(Pki.ec(8)), authority);
        var address = serve(
                TlsStates.asking(TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))), authority));
        var certificate = Files.writeString(directory.resolve("client.pem"), known.pem() + known.key());
        assertThat(ask(address, "-cert", certificate.toString()))
                .contains("Acceptable client certificate CA names", "CN = authority", "answered");
        assertThat(ask(address, "-tls1_2")).contains("handshake failure").doesNotContain("answered");
    }

    /** Answers what comes, and is done. */
    private static final class Answering implements ConnectionHandler {

        @Override
        public void onData(Connection connection, MemorySegment bytes) {
            connection.write(MemorySegment.ofArray("answered\n".getBytes(StandardCharsets.US_ASCII)));
            connection.shutdownOutput();
        }

        @Override
        public void onEndOfInput(Connection connection) {
            connection.close();
        }

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {}
    }
}
