package io.evenkeel.livechanges.load;

import io.evenkeel.livechanges.scene.Front;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections that are held across all changes: idle ones of HTTP and TCP, each used once at the beginning and once at
 * the end, and streams of HTTP, TCP and WebSocket that go both ways all the time and have every byte compared. None may
 * break, not even one whose member was removed: what a member has under way lives on.
 */
public final class HeldConnections implements AutoCloseable {

    private static final int BLOCK = 512;
    private static final List<Streaming> KINDS = List.of(Streaming.values());
    private static final long STREAM_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final String vip;
    private final Journal journal;
    private final int idle;
    private final int streams;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Wire> idleWires = new ArrayList<>();
    private final AtomicLong streamed = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final CountDownLatch standing;
    private volatile boolean isEnding;

    public HeldConnections(String vip, Journal journal, int idle, int streams) throws IOException {
        this.vip = vip;
        this.journal = journal;
        this.idle = idle;
        this.streams = streams;
        standing = new CountDownLatch(streams);
        for (int i = 0; i < idle; i++) {
            holdIdle(i % 2 == 0);
        }
        for (int i = 0; i < streams; i++) {
            var kind = KINDS.get(i % KINDS.size());
            start(() -> stream(kind));
        }
    }

    /** Waits until all streams flow. */
    public void awaitStanding() throws InterruptedException {
        if (!standing.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError(standing.getCount() + " streams do not flow\n" + journal.report());
        }
    }

    private void start(Runnable task) {
        threads.add(Thread.ofVirtual().start(task));
    }

    private void holdIdle(boolean isHttp) throws IOException {
        var wire = Wire.connect(vip, isHttp ? Front.WEB : Front.STREAM);
        use(wire, isHttp);
        wire.forever();
        idleWires.add(wire);
        start(() -> watch(wire, isHttp));
    }

    private static void use(Wire wire, boolean isHttp) throws IOException {
        if (isHttp) {
            wire.get("/", "");
        } else {
            wire.send("x");
            wire.readExactly(1);
        }
    }

    /** Nothing comes on an idle connection before it is used again: what comes earlier is its end. */
    private void watch(Wire wire, boolean isHttp) {
        try {
            int first = wire.readByte();
            if (!isEnding || first != (isHttp ? 'H' : 'x')) {
                throw new EOFException("read " + first + " on an idle connection");
            }
            ended.incrementAndGet();
        } catch (IOException e) {
            journal.failed("idle " + (isHttp ? "HTTP" : "TCP"), System.nanoTime(), e);
        }
    }

    private void stream(Streaming kind) {
        long begun = System.nanoTime();
        try (var wire = Wire.connect(vip, kind.front())) {
            kind.begin(wire);
            for (int block = 0; !isEnding; block++) {
                begun = System.nanoTime();
                sendAndCompare(wire, kind, block);
                streamed.addAndGet(BLOCK);
                if (block == 0) {
                    standing.countDown();
                }
                LockSupport.parkNanos(STREAM_PAUSE);
            }
            kind.end(wire);
            ended.incrementAndGet();
        } catch (IOException | RuntimeException e) {
            journal.failed("streaming " + kind, begun, e);
        }
    }

    private static void sendAndCompare(Wire wire, Streaming kind, int block) throws IOException {
        var bytes = new byte[BLOCK];
        Arrays.fill(bytes, (byte) block);
        if (!Arrays.equals(kind.echoed(wire, bytes, block == 0), bytes)) {
            throw new IOException("block " + block + " came back as another");
        }
    }

    public long streamedBytes() {
        return streamed.get();
    }

    /** Uses every idle connection once more and ends every stream; returns how many of all came through whole. */
    public long useAllOnceMore() throws InterruptedException {
        isEnding = true;
        for (int i = 0; i < idleWires.size(); i++) {
            try {
                idleWires.get(i).send(i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: " + Wire.HOST + "\r\n\r\n" : "x");
            } catch (IOException e) {
                // Its watcher has told why.
            }
        }
        for (var thread : threads) {
            thread.join(Wire.PATIENCE_MILLIS);
        }
        return ended.get();
    }

    public int count() {
        return idle + streams;
    }

    @Override
    public void close() throws IOException {
        isEnding = true;
        for (var wire : idleWires) {
            wire.close();
        }
    }
}
