package io.evenkeel.dataplane.tls;

import io.evenkeel.dataplane.tls.boringssl.TlsEngine;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.TlsFacts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection with TLS over one without: its handler hears of it when the handshake is complete. Each direction ends
 * for itself, as it does without TLS; an end that the peer does not announce counts as one, because many say nothing.
 */
final class TlsConnection implements Connection, ConnectionHandler {

    private static final Logger log = LoggerFactory.getLogger(TlsConnection.class);
    private static final MemorySegment NOTHING = MemorySegment.NULL;
    // How long a peer may take to read why it was refused.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Connection raw;
    private final TlsEngine engine;
    private final LoopBuffers buffers;
    private final Role role;
    private final Consumer<MemorySegment> sink;
    // Came while reading was paused, or before.
    private final HeldInput held;
    private EventLoop.Timer deadline;
    private @Nullable ConnectionHandler handler;
    private @Nullable TlsFacts facts;
    private @Nullable IOException failure;
    private boolean mustFlush;
    private boolean hasBegun;
    private boolean isPaused;
    private boolean isProceedDue;
    private boolean isEndDelivered;
    private boolean isOutputEnding;
    private boolean isClosing;

    /** In what the two sides of a handshake differ. */
    interface Role {

        /** The handshake is complete; who is told of what comes. */
        ConnectionHandler onEstablished(Connection connection);

        /** The connection is gone, and never was established. */
        void onFailed(IOException cause);
    }

    /** @param patience how long the handshake may take */
    TlsConnection(Connection raw, TlsEngine engine, Role role, Duration patience) {
        this.raw = raw;
        this.engine = engine;
        this.role = role;
        this.buffers = LoopBuffers.ofThisThread();
        this.held = new HeldInput(buffers);
        this.sink = bytes -> {
            raw.write(bytes);
            mustFlush = true;
        };
        this.deadline = raw.loop().schedule(patience, this::onDeadline);
    }

    /** Speaks first. */
    void begin() {
        hasBegun = true;
        consume(NOTHING);
        flushOwn();
    }

    @Override
    public EventLoop loop() {
        return raw.loop();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return raw.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return raw.localAddress();
    }

    @Override
    public @Nullable TlsFacts tls() {
        return facts;
    }

    @Override
    public void write(MemorySegment bytes) {
        if (bytes.byteSize() > 0 && !isOutputEnding && isOpen()) {
            buffers.write(this, bytes);
        }
    }

    @Override
    public void flush() {
        if (isOpen()) {
            buffers.encryptFor(this);
            mustFlush = false;
            raw.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return isOpen() && !isOutputEnding && raw.isWritable();
    }

    /** What is to be encrypted has to pass through here. */
    @Override
    public void allowSplice(Connection to, long bytes) {}

    @Override
    public void pauseReading() {
        if (isOpen()) {
            isPaused = true;
            raw.pauseReading();
        }
    }

    @Override
    public void resumeReading() {
        if (isPaused && isOpen()) {
            isPaused = false;
            if (!isProceedDue) {
                isProceedDue = true;
                // Later, because a handler is never called from within one of its own calls.
                loop().execute(this::proceed);
            }
        }
    }

    @Override
    public void shutdownOutput() {
        if (!isOutputEnding && isOpen()) {
            endOutput();
            if (isEndDelivered) {
                raw.close();
            } else {
                raw.shutdownOutput();
            }
        }
    }

    private void endOutput() {
        buffers.encryptFor(this);
        isOutputEnding = true;
        engine.endOutput(sink);
        mustFlush = false;
        raw.flush();
    }

    @Override
    public void close() {
        if (isOpen()) {
            if (!isOutputEnding) {
                endOutput();
            }
            isClosing = true;
            raw.close();
        }
    }

    @Override
    public void reset() {
        isClosing = true;
        raw.reset();
    }

    @Override
    public boolean isOpen() {
        return !isClosing && raw.isOpen();
    }

    /** A record's worth that was written, on its way out. */
    void encrypt(MemorySegment plain) {
        try {
            engine.write(plain, raw::write);
        } catch (SSLException e) {
            fail(e);
        }
    }

    @Override
    public void onData(Connection from, MemorySegment bytes) {
        if (isClosing) {
            return;
        }
        if (!held.isEmpty()) {
            held.add(bytes);
            return;
        }
        if (!hasBegun) {
            beginWith(bytes);
            return;
        }
        use(bytes);
    }

    private void use(MemorySegment bytes) {
        long used = consume(bytes);
        if (used < bytes.byteSize() && isOpen()) {
            held.add(bytes.asSlice(used));
        }
        flushOwn();
    }

    /** The first bytes of a client, which may have to wait for those of others. */
    private void beginWith(MemorySegment bytes) {
        hasBegun = true;
        if (buffers.handshakes().mayBegin(loop())) {
            use(bytes);
        } else {
            held.add(bytes);
            pauseReading();
            buffers.handshakes().later(this::resumeReading);
        }
    }

    /** Uses what can be used now; returns how much. */
    private long consume(MemorySegment bytes) {
        long at = 0;
        try {
            if (handler == null) {
                boolean isComplete = engine.handshake(bytes, sink);
                if (!isComplete) {
                    return bytes.byteSize();
                }
                at = engine.taken();
                flushOwn();
                establish();
            }
            while (!isPaused && isOpen() && !engine.hasInputEnded()) {
                int length = engine.read(bytes.asSlice(at), buffers.plain(), sink);
                at += engine.taken();
                if (length == 0) {
                    break;
                }
                deliver(length);
            }
        } catch (SSLException e) {
            fail(e);
            return bytes.byteSize();
        }
        if (engine.hasInputEnded()) {
            deliverEnd();
            return bytes.byteSize();
        }
        return at;
    }

    private void establish() {
        deadline.cancel();
        facts = engine.facts();
        handler = role.onEstablished(this);
    }

    private void deliver(int length) {
        if (handler != null) {
            handler.onData(this, buffers.plain(length));
        }
    }

    private void deliverEnd() {
        if (isEndDelivered || isPaused || handler == null || !isOpen()) {
            return;
        }
        isEndDelivered = true;
        handler.onEndOfInput(this);
        if (isOutputEnding && isOpen()) {
            raw.close();
        }
    }

    /** Goes on where reading was paused. */
    private void proceed() {
        isProceedDue = false;
        if (isPaused || !isOpen()) {
            return;
        }
        try {
            held.drop(consume(held.rest()));
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("The handler of a TLS connection failed; the connection is reset");
            failure = new IOException("The handler of the connection failed", e);
            reset();
        }
        if (!isOpen()) {
            held.clear();
        }
        flushOwn();
        if (!isPaused) {
            raw.resumeReading();
        }
    }

    private void flushOwn() {
        if (mustFlush) {
            mustFlush = false;
            raw.flush();
        }
    }

    /** Tells the peer, who has a moment to read it. */
    private void fail(SSLException cause) {
        if (isClosing) {
            return;
        }
        log.atDebug().log("TLS with {} failed: {}", raw.remoteAddress(), cause.getMessage());
        failure = cause;
        isClosing = true;
        mustFlush = false;
        raw.shutdownOutput();
        raw.resumeReading();
        deadline.cancel();
        deadline = loop().schedule(LAST_WORDS, this::onDeadline);
    }

    private void onDeadline() {
        if (handler == null && failure == null) {
            failure = new SSLException("The TLS handshake took too long");
        }
        reset();
    }

    @Override
    public void onEndOfInput(Connection from) {
        if (isClosing || handler == null) {
            raw.close();
        } else {
            deliverEnd();
        }
    }

    @Override
    public void onWritable(Connection to) {
        if (handler != null && isWritable()) {
            handler.onWritable(this);
        }
    }

    @Override
    public void onPortClosed(Connection connection) {
        if (handler != null) {
            handler.onPortClosed(this);
        }
    }

    @Override
    public void onRefused(Connection connection) {
        if (handler == null) {
            connection.reset();
        } else {
            handler.onRefused(this);
        }
    }

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        isClosing = true;
        deadline.cancel();
        buffers.forget(this);
        held.clear();
        engine.free();
        var why = failure == null ? cause : failure;
        if (handler != null) {
            handler.onClosed(this, why);
        } else {
            role.onFailed(why == null ? new SSLException("The peer left during the TLS handshake") : why);
        }
    }
}
