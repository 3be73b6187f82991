package io.evenkeel.dataplane.accesslog;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes lines from loops and writes them on a thread of its own, which begins with the first stream. A loop never waits:
 * what the thread does not keep up with is dropped and counted. May be called from any thread, but for {@link #offer}.
 */
public final class AccessLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BATCH_BYTES = 64 << 10;
    /** Of one loop, before the next one's turn. */
    private static final int AT_ONCE = 1024;

    private final LineQueue[] queues;
    private final LogOutput output;
    private final LineFormat format = new LineFormat();
    private final JsonText text = new JsonText();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread thread;
    private long batchLines;
    private boolean isFailing;
    private volatile boolean isClosed;

    public AccessLog(AccessLogOptions options, int loops) {
        this(LogOutput.of(options.file()), options.queueLines(), loops);
    }

    AccessLog(LogOutput output, int queueLines, int loops) {
        this.output = output;
        queues = IntStream.range(0, loops)
                .mapToObj(loop -> new LineQueue(queueLines))
                .toArray(LineQueue[]::new);
        thread = Thread.ofPlatform().daemon().name("evenkeel-access-log").unstarted(this::run);
    }

    /** From now on lines may come. */
    public synchronized void start() {
        if (thread.getState() == Thread.State.NEW && !isClosed) {
            thread.start();
        }
    }

    /** To be called on that loop. */
    void offer(int loop, LogLine line) {
        var queue = queues[loop];
        if (!queue.offer(line) || queue.isHalfFull()) {
            LockSupport.unpark(thread);
        }
    }

    /** Lines since the start. */
    public long written() {
        return written.get();
    }

    /** Lines that were not written, for want of room or because the output failed. */
    public long dropped() {
        long dropped = failed.get();
        for (var queue : queues) {
            dropped += queue.dropped();
        }
        return dropped;
    }

    private void run() {
        while (!isClosed) {
            if (!drain()) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        drain();
    }

    /** Returns whether there was anything. */
    private boolean drain() {
        boolean wasAny = false;
        for (var queue : queues) {
            wasAny |= drain(queue);
        }
        write();
        return wasAny;
    }

    private boolean drain(LineQueue queue) {
        int lines = 0;
        for (var line = queue.poll(); line != null; line = lines < AT_ONCE ? queue.poll() : null) {
            lines++;
            format.append(line, text);
            batchLines++;
            if (text.size() >= BATCH_BYTES) {
                write();
            }
        }
        return lines > 0;
    }

    private void write() {
        if (batchLines == 0) {
            return;
        }
        try {
            output.write(text);
            written.addAndGet(batchLines);
            isFailing = false;
        } catch (IOException e) {
            failed.addAndGet(batchLines);
            if (!isFailing) {
                isFailing = true;
                log.atWarn().setCause(e).log("Lines of the access log cannot be written and are dropped");
            }
        }
        batchLines = 0;
        text.clear();
    }

    /** Writes what waits: to be called when no loop has anything to tell any more. */
    @Override
    public synchronized void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(PATIENCE)) {
                log.atWarn().log("The last lines of the access log may not be written");
                return;
            }
            output.close();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("The access log was not closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
