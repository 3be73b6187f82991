package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.health.socket.CheckSockets;
import io.evenkeel.dataplane.transport.OwnTroubleException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.util.Locale;
import java.util.Optional;

/** One check under way, over a socket of its own. */
sealed interface Check permits TcpCheck, UdpCheck {

    static Check of(CheckTarget target) {
        return target.isDatagram() ? new UdpCheck(target) : new TcpCheck(target);
    }

    /** Begins; returns the result where that is known at once. */
    Optional<CheckResult> start(CheckSockets sockets, CheckSockets.Watcher watcher);

    /** Goes on as far as the socket lets it; returns the result once it is known. */
    Optional<CheckResult> proceed();

    /** The result when nothing came in time. */
    CheckResult timedOut();

    void close();

    /** An unreachable host is the member's trouble (it may be down); no route, address or permission is ours. */
    static CheckResult connectFailed(IOException e) {
        var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof BindException
                || e instanceof OwnTroubleException
                || message.contains("network is unreachable")
                || message.contains("not permitted")) {
            return new CheckResult.OwnTrouble("Cannot connect: " + e.getMessage());
        } else if (e instanceof PortUnreachableException) {
            return CheckResult.failed(FailureReason.CONNECT_REFUSED);
        } else if (e instanceof ConnectException) {
            boolean isTimeout = message.contains("timed out");
            return CheckResult.failed(isTimeout ? FailureReason.CONNECT_TIMEOUT : FailureReason.CONNECT_REFUSED);
        } else if (e instanceof SocketException && message.contains("reset")) {
            return CheckResult.failed(FailureReason.CONNECT_INTERRUPT);
        }
        return CheckResult.failed(FailureReason.CONNECT_FAILED);
    }
}
