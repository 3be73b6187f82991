package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.tls.boringssl.ClientContext;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connects, and with HTTP asks; closed with RST so that nothing waits in TIME_WAIT. */
final class TcpCheck implements Check {

    private static final int MAX_RESPONSE = 1_024;
    private static final int MAX_GRPC_RESPONSE = 8_192;

    private enum Phase {
        CONNECTING(FailureReason.CONNECT_TIMEOUT),
        SECURING(FailureReason.SSL_HANDSHAKE_ERROR),
        SENDING(FailureReason.SEND_REQUEST_TIMEOUT),
        RECEIVING(FailureReason.RECV_RESPONSE_TIMEOUT);

        private final FailureReason onTimeout;

        Phase(FailureReason onTimeout) {
            this.onTimeout = onTimeout;
        }
    }

    private final CheckTarget target;
    private @Nullable SocketChannel channel;
    private @Nullable CheckTls tls;
    private Phase phase = Phase.CONNECTING;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    TcpCheck(CheckTarget target) {
        this.target = target;
    }

    @Override
    public Optional<CheckResult> start(Selector selector, Object attachment) {
        try {
            channel = SocketChannel.open(Check.familyOf(target));
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            if (target.isTls()) {
                // Only a handshake has small pieces that must not wait for each other.
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            channel.register(selector, SelectionKey.OP_CONNECT, attachment);
        } catch (IOException e) {
            return Optional.of(new CheckResult.OwnTrouble("No socket: " + e.getMessage()));
        }
        try {
            return channel.connect(target.address()) ? connected(channel, key(selector)) : Optional.empty();
        } catch (IOException e) {
            return Optional.of(Check.connectFailed(e));
        }
    }

    @Override
    public Optional<CheckResult> proceed(SelectionKey key) {
        var socket = (SocketChannel) key.channel();
        return switch (phase) {
            case CONNECTING -> finishConnect(socket, key);
            case SECURING -> secure(socket, key);
            case SENDING -> send(socket, key);
            case RECEIVING -> receive(socket);
        };
    }

    @Override
    public CheckResult timedOut() {
        return CheckResult.failed(phase.onTimeout);
    }

    @Override
    public void close() {
        if (tls != null) {
            tls.close();
            tls = null;
        }
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // The descriptor is gone either way.
            }
        }
    }

    private SelectionKey key(Selector selector) {
        return Objects.requireNonNull(Objects.requireNonNull(channel).keyFor(selector));
    }

    private Optional<CheckResult> finishConnect(SocketChannel socket, SelectionKey key) {
        try {
            return socket.finishConnect() ? connected(socket, key) : Optional.empty();
        } catch (IOException e) {
            return Optional.of(Check.connectFailed(e));
        }
    }

    private Optional<CheckResult> connected(SocketChannel socket, SelectionKey key) throws IOException {
        if (socket.getLocalAddress().equals(socket.getRemoteAddress())) {
            // A port nobody listens on can be connected to itself when it is picked as the local port.
            return Optional.of(CheckResult.failed(FailureReason.CONNECT_REFUSED));
        }
        if (target.isTls()) {
            phase = Phase.SECURING;
            tls = new CheckTls(target.http().isPresent() ? ClientContext.http() : ClientContext.tcp());
            return secure(socket, key);
        }
        return ask(socket, key);
    }

    private Optional<CheckResult> secure(SocketChannel socket, SelectionKey key) {
        var securing = Objects.requireNonNull(tls);
        try {
            if (!securing.handshake(socket)) {
                key.interestOps(securing.interest());
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.of(CheckResult.failed(FailureReason.SSL_HANDSHAKE_ERROR));
        }
        return ask(socket, key);
    }

    private Optional<CheckResult> ask(SocketChannel socket, SelectionKey key) {
        if (target.http().isEmpty()) {
            return Optional.of(new CheckResult.Passed());
        }
        phase = Phase.SENDING;
        var request = target.http().get().bytes();
        try {
            if (tls != null) {
                tls.send(socket, request);
            } else {
                buffer = ByteBuffer.wrap(request);
            }
        } catch (IOException e) {
            return Optional.of(CheckResult.failed(FailureReason.SEND_REQUEST_FAILED));
        }
        return send(socket, key);
    }

    private Optional<CheckResult> send(SocketChannel socket, SelectionKey key) {
        boolean isSent;
        try {
            isSent = tls == null ? isWritten(socket) : tls.flush(socket);
        } catch (IOException e) {
            return Optional.of(CheckResult.failed(FailureReason.SEND_REQUEST_FAILED));
        }
        if (!isSent) {
            key.interestOps(SelectionKey.OP_WRITE);
        } else {
            phase = Phase.RECEIVING;
            buffer = ByteBuffer.allocate(target.http().orElseThrow().isGrpc() ? MAX_GRPC_RESPONSE : MAX_RESPONSE);
            key.interestOps(SelectionKey.OP_READ);
        }
        return Optional.empty();
    }

    private boolean isWritten(SocketChannel socket) throws IOException {
        socket.write(buffer);
        return !buffer.hasRemaining();
    }

    private Optional<CheckResult> receive(SocketChannel socket) {
        boolean isOpen;
        try {
            isOpen = tls == null ? socket.read(buffer) >= 0 : tls.read(socket, buffer);
        } catch (IOException e) {
            return Optional.of(CheckResult.failed(FailureReason.RECV_RESPONSE_FAILED));
        }
        int code = target.http().orElseThrow().codeOf(buffer, buffer.position());
        if (code == StatusLine.INCOMPLETE && !isOpen) {
            return Optional.of(CheckResult.failed(FailureReason.RECV_RESPONSE_FAILED));
        } else if (code == StatusLine.INCOMPLETE && buffer.hasRemaining()) {
            return Optional.empty();
        }
        return Optional.of(judge(code));
    }

    private CheckResult judge(int code) {
        if (code == StatusLine.INCOMPLETE || code == StatusLine.MALFORMED) {
            return CheckResult.failed(FailureReason.RESPONSE_FORMAT_ERROR);
        }
        var expected = target.http().orElseThrow().expected();
        return expected.contains(code)
                ? new CheckResult.Passed()
                : new CheckResult.Failed(Failure.mismatch(expected.text(), code));
    }
}
