package io.evenkeel.dataplane.tcp;

import static io.evenkeel.dataplane.transport.TransportFixture.randomBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TransportFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEveryTransport
class TcpProxyTests {

    private final TcpProxyFixture fixture = new TcpProxyFixture();

    TcpProxyTests() throws IOException {}

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void relaysBothWaysByteForByteAndCountsEachByte() throws Exception {
        var data = randomBytes(11, 8 << 20);
        try (var server = MemberServer.running(MemberServer::echo)) {
            fixture.pool.add(server.address());
            var client = fixture.connect();
            var sent = CompletableFuture.runAsync(() -> sendAndEnd(client, data), Thread::startVirtualThread);

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(data);
            TransportFixture.get(sent);
            client.close();
            fixture.awaitBalance();
            assertThat(fixture.counted(Count.BYTES_IN)).isEqualTo(data.length);
            assertThat(fixture.counted(Count.BYTES_OUT)).isEqualTo(data.length);
        }
    }

    @Test
    void passesOnTheClientsEndOfInputAndKeepsTheAnswerComing() throws Exception {
        var answer = randomBytes(12, 3 << 20);
        var question = new CompletableFuture<byte[]>();
        try (var server = MemberServer.running(socket -> {
            question.complete(socket.getInputStream().readAllBytes());
            socket.getOutputStream().write(answer);
        })) {
            fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                sendAndEnd(client, "question".getBytes(US_ASCII));

                assertThat(client.getInputStream().readAllBytes()).isEqualTo(answer);
                assertThat(question.join()).isEqualTo("question".getBytes(US_ASCII));
            }
        }
    }

    @Test
    void passesOnTheMembersEndOfInputAndKeepsTheClientSending() throws Exception {
        var upload = new CompletableFuture<byte[]>();
        try (var server = MemberServer.running(socket -> {
            sendAndEnd(socket, "hello".getBytes(US_ASCII));
            upload.complete(socket.getInputStream().readAllBytes());
        })) {
            fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                assertThat(client.getInputStream().readAllBytes()).isEqualTo("hello".getBytes(US_ASCII));
                var data = randomBytes(13, 1 << 20);
                sendAndEnd(client, data);

                assertThat(TransportFixture.get(upload)).isEqualTo(data);
            }
            fixture.awaitBalance();
        }
    }

    @Test
    void passesOnTheMembersReset() throws Exception {
        try (var server = MemberServer.running(socket -> {
            socket.getInputStream().read();
            TransportFixture.reset(socket);
        })) {
            fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                client.getOutputStream().write(1);

                assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
            }
        }
    }

    @Test
    void passesOnTheClientsReset() throws Exception {
        var ended = new CompletableFuture<String>();
        try (var server = MemberServer.running(socket -> {
            try {
                socket.getOutputStream().write(1);
                ended.complete("read " + socket.getInputStream().read());
            } catch (IOException failure) {
                ended.complete(String.valueOf(failure.getMessage()));
            }
        })) {
            fixture.pool.add(server.address());
            var client = fixture.connect();
            client.getInputStream().read();
            TransportFixture.reset(client);

            assertThat(TransportFixture.get(ended)).contains("reset");
        }
    }

    @Test
    void triesAnotherMemberWhenOneRefuses() throws Exception {
        try (var server = MemberServer.running(MemberServer::echo)) {
            fixture.pool.add(MemberServer.nowhere());
            fixture.pool.add(MemberServer.nowhere());
            fixture.pool.add(server.address());

            assertEchoes();
            assertThat(fixture.pool.picks).hasValue(3);
        }
    }

    @Test
    void servesEveryConnectionWhileOneOfThreeMembersLives() throws Exception {
        try (var server = MemberServer.running(MemberServer::echo)) {
            fixture.pool.add(MemberServer.nowhere());
            fixture.pool.add(MemberServer.nowhere());
            fixture.pool.add(server.address());
            for (int i = 0; i < 100; i++) {
                assertEchoes();
            }
            assertThat(server.accepted).hasValue(100);
        }
    }

    @Test
    void triesNoMemberASecondTime() throws Exception {
        fixture.pool.add(MemberServer.nowhere());
        fixture.pool.add(MemberServer.nowhere());
        try (var client = fixture.connect()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(fixture.pool.picks).hasValue(2);
    }

    @Test
    void triesAnotherMemberWhenOneDoesNotAnswer() throws Exception {
        try (var hanging = MemberServer.hanging();
                var server = MemberServer.running(MemberServer::echo)) {
            fixture.pool.add(hanging.address());
            fixture.pool.add(server.address());

            assertEchoes();
        }
    }

    @Test
    void closesTheClientAfterThreeAttempts() throws Exception {
        try (var server = MemberServer.running(MemberServer::echo)) {
            for (int i = 0; i < 3; i++) {
                fixture.pool.add(MemberServer.nowhere());
            }
            fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }

            assertThat(fixture.pool.picks).hasValue(3);
            assertThat(server.accepted).hasValue(0);
        }
    }

    @Test
    void closesTheClientWithoutAMember() throws Exception {
        try (var client = fixture.connect()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(fixture.pool.picks).hasValue(0);
    }

    @Test
    void closesTheClientWithoutAPool() throws Exception {
        fixture.removePool();
        try (var client = fixture.connect()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void takesTheListenersPortWhereTheMemberHasNone() throws Exception {
        var sameporthost = InetAddress.getByName("127.0.0.2");
        try (var server = MemberServer.running(
                new InetSocketAddress(sameporthost, fixture.address().getPort()), MemberServer::echo)) {
            fixture.pool.add(new InetSocketAddress(sameporthost, 0));

            assertEchoes();
            assertThat(server.accepted).hasValue(1);
        }
    }

    @Test
    void readsTheSettingsOnceForEachConnection() throws Exception {
        try (var server = MemberServer.running(MemberServer::echo)) {
            fixture.pool.add(server.address());
            assertEchoes();
            assertEchoes();

            assertThat(fixture.settingsRead).hasValue(2);
        }
    }

    @Test
    void closesASessionInWhichNothingMoves() throws Exception {
        fixture.keepaliveTimeout(Duration.ofMillis(100));
        var ended = new CompletableFuture<Integer>();
        try (var server = MemberServer.running(
                socket -> ended.complete(socket.getInputStream().read()))) {
            fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(TransportFixture.get(ended)).isEqualTo(-1);
                fixture.awaitBalance();
            }
        }
    }

    @Test
    void aMemberThatLeavesKeepsItsSessions() throws Exception {
        try (var server = MemberServer.running(MemberServer::echo)) {
            var member = fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                assertEchoes(client);
                member.leave();
                assertEchoes(client);
            }
        }
    }

    @Test
    void aMemberThatIsCutLosesItsSessionsOnBothSides() throws Exception {
        var ended = new CompletableFuture<String>();
        try (var server = MemberServer.running(socket -> {
            try {
                MemberServer.echo(socket);
            } catch (IOException failure) {
                ended.complete(String.valueOf(failure.getMessage()));
            }
        })) {
            var member = fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                assertEchoes(client);
                member.cut();

                assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
                assertThat(TransportFixture.get(ended)).contains("reset");
            }
        }
    }

    static void assertEchoes(Socket client) throws IOException {
        client.getOutputStream().write("ping".getBytes(US_ASCII));
        assertThat(client.getInputStream().readNBytes(4)).isEqualTo("ping".getBytes(US_ASCII));
    }

    static void sendAndEnd(Socket socket, byte[] data) {
        try {
            socket.getOutputStream().write(data);
            socket.shutdownOutput();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void assertEchoes() throws IOException {
        try (var client = fixture.connect()) {
            assertEchoes(client);
        }
    }
}
