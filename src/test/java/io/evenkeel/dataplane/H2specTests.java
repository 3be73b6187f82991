package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.http2.EchoServer;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance suite h2spec against an HTTPS listener. It comes as a binary for Linux in a plugin's archive. */
@OnEveryTransport
class H2specTests {

    private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) tests, (\\d+) passed, (\\d+) skipped, (\\d+) failed");

    @TempDir
    private Path home;

    private WorkerHarness harness;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(isLinuxOnX86(), "h2spec is a binary for Linux on x86-64");
        harness = new WorkerHarness(home.resolve("worker"));
        var server = harness.resource(new EchoServer());
        var pool = Pools.speaking(
                Pools.pool(Pools.member("127.0.0.1", server.address().getPort())), PoolProtocol.HTTP);
        harness.serve(pool);
        var tls = TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main")));
        var listener = States.securedBy(
                States.listener(ListenerProtocol.HTTPS, harness.port, Optional.of(pool.id())),
                TlsStates.offeringHttp2(tls, true));
        harness.serve(States.at(States.loadBalancer(listener), harness.vip));
    }

    private static boolean isLinuxOnX86() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    @AfterEach
    void stop() throws Exception {
        if (harness != null) {
            harness.close();
        }
    }

    @Test
    void keepsTheProtocol() throws IOException, InterruptedException {
        var report = run(
                unpack().toString(), "-t", "-k", "-o", "2", "-h", harness.vip, "-p", Integer.toString(harness.port));
        var summary = SUMMARY.matcher(report);
        assertThat(summary.find()).as(report).isTrue();
        assertThat(Integer.parseInt(summary.group(1))).isGreaterThanOrEqualTo(145);
        // One is for connections without TLS.
        assertThat(Integer.parseInt(summary.group(2)) + Integer.parseInt(summary.group(3)))
                .as(report)
                .isEqualTo(Integer.parseInt(summary.group(1)));
        assertThat(Integer.parseInt(summary.group(3))).isLessThanOrEqualTo(1);
    }

    private Path unpack() throws IOException, InterruptedException {
        var archive = home.resolve("h2spec.tar.gz");
        try (InputStream packed = H2specTests.class.getResourceAsStream(ARCHIVE)) {
            assertThat(packed).isNotNull();
            Files.copy(packed, archive);
        }
        run("tar", "-xzf", archive.toString(), "-C", home.toString());
        return home.resolve("h2spec");
    }

    private String run(String... command) throws IOException, InterruptedException {
        var output = home.resolve("output.txt");
        var process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
