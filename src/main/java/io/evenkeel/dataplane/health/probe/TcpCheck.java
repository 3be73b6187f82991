package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.health.socket.CheckSocket;
import io.evenkeel.dataplane.health.socket.CheckSockets;
import io.evenkeel.dataplane.tls.boringssl.ClientContext;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    private @Nullable CheckSocket opened;
    private @Nullable CheckTls tls;
    private Phase phase = Phase.CONNECTING;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    TcpCheck(CheckTarget target) {
        this.target = target;
    }

    @Override
    public Optional<CheckResult> start(CheckSockets sockets, CheckSockets.Watcher watcher) {
        CheckSocket socket;
        try {
            socket = sockets.stream(target.address(), watcher);
            opened = socket;
            if (target.isTls()) {
                // Only a handshake has small pieces that must not wait for each other.
                socket.setNoDelay();
            }
        } catch (IOException e) {
            return Optional.of(new CheckResult.OwnTrouble("No socket: " + e.getMessage()));
        }
        try {
            return socket.connect() ? connected(socket) : Optional.empty();
        } catch (IOException e) {
            return Optional.of(Check.connectFailed(e));
        }
    }

    @Override
    public Optional<CheckResult> proceed() {
        var socket = Objects.requireNonNull(opened);
        return switch (phase) {
            case CONNECTING -> finishConnect(socket);
            case SECURING -> secure(socket);
            case SENDING -> send(socket);
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
        if (opened != null) {
            opened.close();
        }
    }

    private Optional<CheckResult> finishConnect(CheckSocket socket) {
        try {
            return socket.finishConnect() ? connected(socket) : Optional.empty();
        } catch (IOException e) {
            return Optional.of(Check.connectFailed(e));
        }
    }

    private Optional<CheckResult> connected(CheckSocket socket) throws IOException {
        if (socket.isConnectedToItself()) {
            // A port nobody listens on can be connected to itself when it is picked as the local port.
            return Optional.of(CheckResult.failed(FailureReason.CONNECT_REFUSED));
        }
        if (target.isTls()) {
            phase = Phase.SECURING;
            tls = new CheckTls(target.http().isPresent() ? ClientContext.http() : ClientContext.tcp());
            return secure(socket);
        }
        return ask(socket);
    }

    private Optional<CheckResult> secure(CheckSocket socket) {
        var securing = Objects.requireNonNull(tls);
        try {
            if (!securing.handshake(socket)) {
                socket.awaitRoom(securing.isWaitingForRoom());
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.of(CheckResult.failed(FailureReason.SSL_HANDSHAKE_ERROR));
        }
        return ask(socket);
    }

    private Optional<CheckResult> ask(CheckSocket socket) {
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
        return send(socket);
    }

    private Optional<CheckResult> send(CheckSocket socket) {
        boolean isSent;
        try {
            isSent = tls == null ? isWritten(socket) : tls.flush(socket);
        } catch (IOException e) {
            return Optional.of(CheckResult.failed(FailureReason.SEND_REQUEST_FAILED));
        }
        socket.awaitRoom(!isSent);
        if (isSent) {
            phase = Phase.RECEIVING;
            buffer = ByteBuffer.allocate(target.http().orElseThrow().isGrpc() ? MAX_GRPC_RESPONSE : MAX_RESPONSE);
        }
        return Optional.empty();
    }

    private boolean isWritten(CheckSocket socket) throws IOException {
        socket.write(buffer);
        return !buffer.hasRemaining();
    }

    private Optional<CheckResult> receive(CheckSocket socket) {
        boolean isOpen;
        try {
            isOpen = tls == null ? readAll(socket) : tls.read(socket, buffer);
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

    /** As much of the answer as there is and fits; returns false at its end. */
    private boolean readAll(CheckSocket socket) throws IOException {
        int count = 1;
        while (count > 0 && buffer.hasRemaining()) {
            count = socket.read(buffer);
        }
        return count != CheckSocket.END;
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
