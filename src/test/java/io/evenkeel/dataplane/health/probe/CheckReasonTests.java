package io.evenkeel.dataplane.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.TestBackend;
import io.evenkeel.dataplane.health.socket.CheckSockets;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reasons of failure that take an unusual network or member; HealthCheckerTests meets the others. */
class CheckReasonTests {

    /** More than the buffers of a connection hold. */
    private static final String HUGE = "x".repeat(32 << 20);

    @ParameterizedTest
    @EnumSource
    void aMemberThatTakesNoMoreOfTheRequestTimesOutWhileSending(CheckSockets.Kind kind) throws IOException {
        try (var deaf = new ServerSocket(0, 16, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(checked(kind, deaf.getLocalPort(), Duration.ofMillis(300)))
                    .isEqualTo(CheckResult.failed(FailureReason.SEND_REQUEST_TIMEOUT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMemberThatResetsInTheMiddleOfTheRequestFailsTheSending(CheckSockets.Kind kind) throws IOException {
        try (var rude = new TestBackend(socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        })) {
            assertThat(checked(kind, rude.port(), Duration.ofSeconds(20)))
                    .isEqualTo(CheckResult.failed(FailureReason.SEND_REQUEST_FAILED));
        }
    }

    @Test
    void whatTheNetworkSaysOfAMemberIsItsTrouble() {
        assertThat(Check.connectFailed(new NoRouteToHostException("No route to host")))
                .isEqualTo(CheckResult.failed(FailureReason.CONNECT_FAILED));
        assertThat(Check.connectFailed(new SocketException("Protocol error")))
                .isEqualTo(CheckResult.failed(FailureReason.CONNECT_FAILED));
        assertThat(Check.connectFailed(new SocketException("Connection reset by peer")))
                .isEqualTo(CheckResult.failed(FailureReason.CONNECT_INTERRUPT));
        assertThat(Check.connectFailed(new ConnectException("Connection refused")))
                .isEqualTo(CheckResult.failed(FailureReason.CONNECT_REFUSED));
        assertThat(Check.connectFailed(new PortUnreachableException()))
                .isEqualTo(CheckResult.failed(FailureReason.CONNECT_REFUSED));
        assertThat(Check.connectFailed(new ConnectException("Connection timed out")))
                .isEqualTo(CheckResult.failed(FailureReason.CONNECT_TIMEOUT));
    }

    @Test
    void whatIsWrongHereIsOurs() {
        assertThat(Check.connectFailed(new BindException("Cannot assign requested address")))
                .isInstanceOf(CheckResult.OwnTrouble.class);
        assertThat(Check.connectFailed(new ConnectException("Network is unreachable")))
                .isInstanceOf(CheckResult.OwnTrouble.class);
        assertThat(Check.connectFailed(new SocketException("Operation not permitted")))
                .isInstanceOf(CheckResult.OwnTrouble.class);
    }

    private static CheckResult checked(CheckSockets.Kind kind, int port, Duration timeout) throws IOException {
        var http = new CheckTarget.Http(HUGE, ExpectedCodes.parse("200"), false);
        var target = new CheckTarget(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                Duration.ofSeconds(5),
                timeout,
                false,
                false,
                Optional.of(http));
        try (var sockets = kind.open()) {
            return SingleCheck.run(target, sockets);
        }
    }
}
