package io.evenkeel.outage.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The way to a server over TCP, which may be cut, fall silent, be slow to commit, or lead to another server. */
public final class FaultProxy implements AutoCloseable {

    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        OPEN,
        CUT,
        SILENT
    }

    private final ServerSocket server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile State state = State.OPEN;
    private volatile int target;
    private volatile Duration commitDelay = Duration.ZERO;

    /** A connection of a client and the one to the server. */
    private final class Link {
        private final Socket client;
        private final Socket upstream;
        /** Neither end is told that the other is gone. */
        private volatile boolean isLost;

        Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void run() {
            Thread.ofVirtual().start(() -> pump(client, upstream, true));
            Thread.ofVirtual().start(() -> pump(upstream, client, false));
        }

        private void pump(Socket from, Socket to, boolean isToServer) {
            var buffer = new byte[16_384];
            try {
                var in = from.getInputStream();
                var out = to.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (isToServer && contains(buffer, count)) {
                        LockSupport.parkNanos(commitDelay.toNanos());
                    }
                    awaitVoice();
                    if (!isLost) {
                        out.write(buffer, 0, count);
                    }
                }
            } catch (IOException e) {
                // One end is gone: so is the other.
            } finally {
                if (!isLost) {
                    reset();
                }
            }
        }

        private void reset() {
            links.remove(this);
            FaultProxy.reset(client);
            FaultProxy.reset(upstream);
        }
    }

    /** @param target the port on loopback that it leads to */
    public FaultProxy(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** All connections break, and no new one is to be had. */
    public void cut() {
        become(State.CUT);
        breakAll();
    }

    /** Nothing passes any more, and nobody is told. */
    public void silence() {
        become(State.SILENT);
    }

    /** Everything goes on where it stood still. */
    public void open() {
        become(State.OPEN);
    }

    /** After silence only new connections work: the server has lost those of before, and their clients are not told. */
    public void openForNewOnes() {
        for (var link : links) {
            link.isLost = true;
            reset(link.upstream);
        }
        become(State.OPEN);
    }

    /** Connections break; new ones go to another server. */
    public void leadTo(int port) {
        target = port;
        breakAll();
    }

    /** Each commit comes to the server as much later. */
    public void delayCommits(Duration delay) {
        commitDelay = delay;
    }

    private void breakAll() {
        List.copyOf(links).forEach(Link::reset);
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitVoice() {
        if (state != State.SILENT) {
            return;
        }
        lock.lock();
        try {
            while (state == State.SILENT) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        awaitVoice();
        if (state == State.CUT) {
            reset(client);
            return;
        }
        try {
            client.setTcpNoDelay(true);
            var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            upstream.setTcpNoDelay(true);
            var link = new Link(client, upstream);
            links.add(link);
            link.run();
            if (state == State.CUT) {
                link.reset();
            }
        } catch (IOException e) {
            reset(client);
        }
    }

    private static boolean contains(byte[] buffer, int count) {
        for (int start = 0; start + COMMIT.length <= count; start++) {
            int matched = 0;
            while (matched < COMMIT.length && buffer[start + matched] == COMMIT[matched]) {
                matched++;
            }
            if (matched == COMMIT.length) {
                return true;
            }
        }
        return false;
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(link -> link.isLost = false);
        become(State.CUT);
        breakAll();
    }
}
