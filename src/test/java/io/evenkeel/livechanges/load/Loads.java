package io.evenkeel.livechanges.load;

import io.evenkeel.livechanges.scene.Front;
import io.evenkeel.livechanges.scene.Policy;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The load: keep-alive HTTP and HTTPS, both with a connection for each request and with cookies, requests over HTTP/2, four
 * at a time, and short TCP connections, also to members that drain quickly.
 */
public final class Loads implements AutoCloseable {

    private static final byte[] WORD = new byte[64];

    private final List<Load> loads;

    private Loads(List<Load> loads) {
        this.loads = loads;
    }

    /** @param rate a second for each of them; 0: without a limit */
    public static Loads on(String vip, Journal journal, int clients, double rate) {
        var loads = new Loads(List.of(
                new Load("keep-alive HTTP", journal, clients, rate, () -> new KeptConnection(vip, Front.WEB)),
                new Load("HTTP by connection", journal, clients, rate, () -> () -> ask(vip, Front.WEB)),
                new Load("keep-alive HTTPS", journal, clients, rate, () -> new KeptConnection(vip, Front.SECURE)),
                new Load("HTTPS by connection", journal, clients, rate, () -> () -> ask(vip, Front.SECURE)),
                new Load("HTTP with cookies", journal, clients, rate, () -> new Browser(vip, Front.WEB)),
                new Load("HTTPS with cookies", journal, clients, rate, () -> new Browser(vip, Front.SECURE)),
                new Load("HTTP/2", journal, clients, rate / 4, () -> new MultiplexedConnection(vip, Front.SECURE)),
                new Load("short TCP", journal, clients, rate, () -> () -> exchange(vip, Front.STREAM)),
                new Load("short TCP, drained", journal, clients, rate, () -> () -> exchange(vip, Front.SHORT))));
        loads.loads.forEach(Load::start);
        return loads;
    }

    public List<Load> all() {
        return loads;
    }

    private static void ask(String vip, Front front) throws IOException {
        try (var wire = Wire.connect(vip, front)) {
            wire.get(Policy.path(ThreadLocalRandom.current().nextInt(4)), "Connection: close\r\n");
            requireEnd(wire);
        }
    }

    private static void exchange(String vip, Front front) throws IOException {
        try (var wire = Wire.connect(vip, front)) {
            wire.send(WORD);
            if (!Arrays.equals(wire.readExactly(WORD.length), WORD)) {
                throw new IOException("other bytes came back");
            }
            wire.endOutput();
            requireEnd(wire);
        }
    }

    private static void requireEnd(Wire wire) throws IOException {
        if (wire.readByte() >= 0) {
            throw new IOException("more came than was asked for");
        }
    }

    /** Connects once; that the connection is closed is a failure, even where the proxy says so before. */
    private static final class KeptConnection implements Load.Act {
        private final String vip;
        private final Front front;
        private @Nullable Wire wire;
        private int asked;

        KeptConnection(String vip, Front front) {
            this.vip = vip;
            this.front = front;
        }

        @Override
        public void once() throws IOException {
            if (wire == null) {
                wire = Wire.connect(vip, front);
            }
            if (wire.get(Policy.path(asked++), "").isEmpty()) {
                throw new EOFException("no name");
            }
        }

        @Override
        public void close() throws IOException {
            if (wire != null) {
                wire.close();
            }
        }
    }

    @Override
    public void close() {
        loads.forEach(Load::close);
    }
}
