package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.health.socket.CheckSocket;
import io.evenkeel.dataplane.tls.boringssl.ClientContext;
import io.evenkeel.dataplane.tls.boringssl.TlsEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** The TLS of one check, over its socket. For the thread that made it. */
final class CheckTls {

    private static final int INPUT_BYTES = 16 << 10;
    private static final MemorySegment NOTHING = MemorySegment.NULL;

    /** Native memory of a thread, used during a call only: the engine keeps what is cut off. */
    private record Scratch(MemorySegment input, ByteBuffer inputBuffer, MemorySegment plain) {

        private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::make);

        private static Scratch make() {
            var input = Arena.ofAuto().allocate(INPUT_BYTES);
            return new Scratch(input, input.asByteBuffer(), Arena.ofAuto().allocate(TlsEngine.RECORD_BYTES));
        }
    }

    private final TlsEngine engine;
    private final Scratch scratch = Scratch.OF_THREAD.get();
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean hasBegun;

    CheckTls(ClientContext context) {
        engine = context.newEngine();
    }

    /**
     * Goes on with the handshake as far as the socket lets it; returns whether it is complete.
     *
     * @throws IOException when it fails, or the connection does
     */
    boolean handshake(CheckSocket socket) throws IOException {
        flush(socket);
        if (!hasBegun) {
            hasBegun = true;
            return sending(socket, sink -> engine.handshake(NOTHING, sink));
        }
        for (int read = receive(socket); read != CheckSocket.NOT_YET; read = receive(socket)) {
            if (read == CheckSocket.END) {
                throw new IOException("The member closed the connection");
            }
            var received = scratch.input().asSlice(0, read);
            if (sending(socket, sink -> engine.handshake(received, sink))) {
                return true;
            }
        }
        return false;
    }

    /** Sends all of the text; what the socket does not take goes with {@link #flush}. */
    void send(CheckSocket socket, byte[] text) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var plain = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
            var _ = sending(socket, sink -> {
                engine.write(plain, sink);
                return true;
            });
        }
    }

    /** Returns whether nothing waits to be sent any more. */
    boolean flush(CheckSocket socket) throws IOException {
        if (unsent.hasRemaining()) {
            socket.write(unsent);
        }
        return !unsent.hasRemaining();
    }

    /** Reads as much of an answer as there is and fits; returns false at its end. */
    boolean read(CheckSocket socket, ByteBuffer answer) throws IOException {
        int read = receive(socket);
        while (read > 0 && answer.hasRemaining()) {
            var rest = scratch.input().asSlice(0, read);
            while (rest.byteSize() > 0 && answer.hasRemaining() && !engine.hasInputEnded()) {
                var received = rest;
                int length = sending(socket, sink -> engine.read(received, scratch.plain(), sink));
                answer.put(scratch.plain()
                        .asSlice(0, Math.min(length, answer.remaining()))
                        .asByteBuffer());
                rest = rest.asSlice(engine.taken());
            }
            read = receive(socket);
        }
        return read != CheckSocket.END && !engine.hasInputEnded();
    }

    boolean isWaitingForRoom() {
        return unsent.hasRemaining();
    }

    void close() {
        engine.free();
    }

    /** As {@link CheckSocket#read}. */
    private int receive(CheckSocket socket) throws IOException {
        return socket.read(scratch.inputBuffer().clear());
    }

    @FunctionalInterface
    private interface Step<T> {
        T run(Consumer<MemorySegment> sink) throws SSLException;
    }

    private <T> T sending(CheckSocket socket, Step<T> step) throws IOException {
        try {
            return step.run(bytes -> sendOrKeep(socket, bytes.asByteBuffer()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void sendOrKeep(CheckSocket socket, ByteBuffer bytes) {
        try {
            if (!unsent.hasRemaining()) {
                socket.write(bytes);
            }
            if (bytes.hasRemaining()) {
                unsent = joined(unsent, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer joined(ByteBuffer one, ByteBuffer other) {
        var both = new ByteArrayOutputStream();
        for (var part : new ByteBuffer[] {one, other}) {
            var bytes = new byte[part.remaining()];
            part.get(bytes);
            both.writeBytes(bytes);
        }
        return ByteBuffer.wrap(both.toByteArray());
    }
}
