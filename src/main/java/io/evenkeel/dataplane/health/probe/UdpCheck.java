package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.health.socket.CheckSocket;
import io.evenkeel.dataplane.health.socket.CheckSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a datagram of one zero byte. Word that it cannot be delivered (ICMP, RFC 1122 section 4.1.3.3) fails the check;
 * an answer, or silence until the timeout, passes it.
 */
final class UdpCheck implements Check {

    private final CheckTarget target;
    private @Nullable CheckSocket socket;

    UdpCheck(CheckTarget target) {
        this.target = target;
    }

    @Override
    public Optional<CheckResult> start(CheckSockets sockets, CheckSockets.Watcher watcher) {
        try {
            socket = sockets.datagrams(target.address(), watcher);
        } catch (IOException e) {
            return Optional.of(new CheckResult.OwnTrouble("No socket: " + e.getMessage()));
        }
        try {
            socket.connect();
            return socket.write(ByteBuffer.allocate(1)) == 1
                    ? Optional.empty()
                    : Optional.of(new CheckResult.OwnTrouble("No room to send"));
        } catch (IOException e) {
            return Optional.of(Check.connectFailed(e));
        }
    }

    @Override
    public Optional<CheckResult> proceed() {
        try {
            return Objects.requireNonNull(socket).read(ByteBuffer.allocate(1)) == CheckSocket.NOT_YET
                    ? Optional.empty()
                    : Optional.of(new CheckResult.Passed());
        } catch (IOException e) {
            return Optional.of(Check.connectFailed(e));
        }
    }

    @Override
    public CheckResult timedOut() {
        return new CheckResult.Passed();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
