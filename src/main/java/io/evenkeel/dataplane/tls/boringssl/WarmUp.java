package io.evenkeel.dataplane.tls.boringssl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handshakes of this process with itself, in memory: cold ones cost twice as much, and the first clients should not pay
 * for that. For one thread that is no loop's.
 */
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int ENOUGH = 3_000;
    private static final int BUFFER_BYTES = 128 << 10;

    private final ServerContext context;
    private final Pipe toServer = new Pipe();
    private final Pipe toClient = new Pipe();

    private WarmUp(ServerContext context) {
        this.context = context;
    }

    /** Returns after the handshakes, or the time. A context that asks for certificates has none, and warms less. */
    static int run(ServerContext context, Duration atMost) {
        var warmUp = new WarmUp(context);
        long end = System.nanoTime() + atMost.toNanos();
        int done = 0;
        try {
            while (done < ENOUGH && System.nanoTime() - end < 0 && warmUp.handshake()) {
                done++;
            }
        } catch (SSLException e) {
            log.atDebug().log("The handshakes with itself ended: {}", e.getMessage());
        }
        log.atInfo().addKeyValue("handshakes", done).log("TLS is warmed up");
        return done;
    }

    private boolean handshake() throws SSLException {
        var server = context.newEngine();
        var client = ClientContext.tcp().newEngine();
        try {
            boolean isServerDone = false;
            boolean isClientDone = client.handshake(MemorySegment.NULL, toServer);
            for (int turn = 0; turn < 10 && !(isServerDone && isClientDone); turn++) {
                isServerDone = isServerDone || server.handshake(toServer.take(), toClient);
                isClientDone = isClientDone || client.handshake(toClient.take(), toServer);
            }
            toServer.take();
            toClient.take();
            return isServerDone && isClientDone;
        } finally {
            client.free();
            server.free();
        }
    }

    private static final class Pipe implements Consumer<MemorySegment> {

        private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
        private long filled;

        @Override
        public void accept(MemorySegment bytes) {
            MemorySegment.copy(bytes, 0, buffer, filled, bytes.byteSize());
            filled += bytes.byteSize();
        }

        MemorySegment take() {
            long length = filled;
            filled = 0;
            return buffer.asSlice(0, length);
        }
    }
}
