package io.evenkeel.dataplane.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TransportFixture;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol, version 2, towards members. */
@OnEveryTransport
class ProxyHeaderTests {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,   51515, 198.51.100.1, 443, 2111000cc0000207c6336401c93b01bb",
        "2001:db8::7, 65535, 2001:db8::1,  1,"
                + "2121002420010db800000000000000000000000720010db8000000000000000000000001ffff0001",
        "192.0.2.7,   1,     2001:db8::1,  2,"
                + "2121002400000000000000000000ffffc000020720010db800000000000000000000000100010002"
    })
    void saysBothAddressesAndPorts(String client, int clientPort, String local, int localPort, String expected) {
        var header = ProxyHeader.of(
                new InetSocketAddress(InetAddress.ofLiteral(client), clientPort),
                new InetSocketAddress(InetAddress.ofLiteral(local), localPort));
        assertThat(HexFormat.of().formatHex(header.toArray(ValueLayout.JAVA_BYTE)))
                .isEqualTo(SIGNATURE + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void comesBeforeWhatTheClientSends(String vip) throws Exception {
        var seen = new CompletableFuture<byte[]>();
        try (var fixture = fixture(vip);
                var server = MemberServer.running(
                        socket -> seen.complete(socket.getInputStream().readAllBytes()))) {
            fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                assertThat(TransportFixture.get(seen)).isEqualTo(headerAnd(client, "hello"));
            }
        }
    }

    @Test
    void comesToAMemberThatSpeaksFirstWhileTheClientIsSilent() throws Exception {
        var seen = new CompletableFuture<byte[]>();
        try (var fixture = fixture("127.0.0.1");
                var server = MemberServer.running(socket -> {
                    socket.getOutputStream().write('!');
                    seen.complete(socket.getInputStream().readNBytes(28));
                    socket.getInputStream().read();
                })) {
            fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo('!');
                assertThat(TransportFixture.get(seen)).isEqualTo(headerAnd(client, ""));
            }
        }
    }

    private static TcpProxyFixture fixture(String vip) throws IOException {
        var fixture = new TcpProxyFixture(Duration.ofSeconds(1), new InetSocketAddress(InetAddress.ofLiteral(vip), 0));
        fixture.sendProxyHeaders();
        return fixture;
    }

    private static byte[] headerAnd(Socket client, String sent) {
        var header = ProxyHeader.of((InetSocketAddress) client.getLocalSocketAddress(), (InetSocketAddress)
                client.getRemoteSocketAddress());
        var text = HexFormat.of().formatHex(header.toArray(ValueLayout.JAVA_BYTE))
                + HexFormat.of().formatHex(sent.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().parseHex(text);
    }
}
