package io.evenkeel.dataplane.health.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a datagram of one zero byte. Word that it cannot be delivered (ICMP, RFC 1122 section 4.1.3.3) fails the check;
 * an answer, or silence until the timeout, passes it.
 */
final class UdpCheck implements Check {

    private final CheckTarget target;
    private @Nullable DatagramChannel channel;

    UdpCheck(CheckTarget target) {
        this.target = target;
    }

    @Override
    public Optional<CheckResult> start(Selector selector, Object attachment) {
        try {
            channel = DatagramChannel.open(Check.familyOf(target));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, attachment);
        } catch (IOException e) {
            return Optional.of(new CheckResult.OwnTrouble("No socket: " + e.getMessage()));
        }
        try {
            channel.connect(target.address());
            return channel.write(ByteBuffer.allocate(1)) == 1
                    ? Optional.empty()
                    : Optional.of(new CheckResult.OwnTrouble("No room to send"));
        } catch (IOException e) {
            return Optional.of(Check.connectFailed(e));
        }
    }

    @Override
    public Optional<CheckResult> proceed(SelectionKey key) {
        var socket = (DatagramChannel) key.channel();
        try {
            // An answer without content is told apart from none by its sender.
            var sender = socket.receive(ByteBuffer.allocate(1));
            return sender == null ? Optional.empty() : Optional.of(new CheckResult.Passed());
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
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // The descriptor is gone either way.
            }
        }
    }
}
