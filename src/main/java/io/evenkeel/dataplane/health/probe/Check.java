package io.evenkeel.dataplane.health.probe;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Locale;
import java.util.Optional;

/** One check under way, over a socket of its own. */
sealed interface Check permits TcpCheck, UdpCheck {

    static Check of(CheckTarget target) {
        return target.isDatagram() ? new UdpCheck(target) : new TcpCheck(target);
    }

    /** A socket of the target's own family needs fewer calls of the system than one of both. */
    static ProtocolFamily familyOf(CheckTarget target) {
        return target.address().getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
    }

    /** Begins; returns the result where that is known at once. */
    Optional<CheckResult> start(Selector selector, Object attachment);

    /** Goes on as far as the socket lets it; returns the result once it is known. */
    Optional<CheckResult> proceed(SelectionKey key);

    /** The result when nothing came in time. */
    CheckResult timedOut();

    void close();

    /** An unreachable host is the member's trouble (it may be down); no route, address or permission is ours. */
    static CheckResult connectFailed(IOException e) {
        var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof BindException
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
