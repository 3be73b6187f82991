package io.evenkeel.dataplane.lastgood;

import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.DesiredStateCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last good state of every resource on disk. {@link #put} and {@link #remove} return at once; a thread
 * writes behind them, the newest state of a resource only, and tries again every second when the disk refuses.
 */
public final class LastGoodStore implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LastGoodStore.class);
    private static final long RETRY_MILLIS = 1_000;

    private record Key(ResourceKind kind, UUID id) {}

    private final LastGoodDirectory directory;
    private final Thread writer =
            Thread.ofPlatform().daemon().name("evenkeel-last-good").unstarted(this::run);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lock = new Object();
    private Map<Key, Optional<LastGood>> pending = new LinkedHashMap<>();
    private boolean isClosing;
    private boolean isFailing;

    public LastGoodStore(Path directory) {
        this(new LastGoodDirectory(directory, new LastGoodFormat(DesiredStateCodec.SHAPE)));
    }

    LastGoodStore(LastGoodDirectory directory) {
        this.directory = directory;
    }

    /** Reads what is there and begins to write. To be called once, before anything else. */
    public List<LastGood> open() {
        List<LastGood> loaded;
        try {
            loaded = directory.load();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("The last-good directory cannot be read");
            loaded = List.of();
        }
        writer.start();
        return loaded;
    }

    public void put(LastGood lastGood) {
        submit(new Key(lastGood.resource().kind(), lastGood.resource().id()), Optional.of(lastGood));
    }

    public void remove(ResourceKind kind, UUID id) {
        submit(new Key(kind, id), Optional.empty());
    }

    /** Writes what is left, as far as the disk takes it, and ends the thread. */
    @Override
    public void close() {
        closed.countDown();
        synchronized (lock) {
            isClosing = true;
            lock.notifyAll();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Key key, Optional<LastGood> state) {
        synchronized (lock) {
            pending.put(key, state);
            lock.notifyAll();
        }
    }

    private void run() {
        try {
            boolean isLast;
            do {
                Map<Key, Optional<LastGood>> batch;
                synchronized (lock) {
                    while (pending.isEmpty() && !isClosing) {
                        lock.wait();
                    }
                    isLast = isClosing;
                    batch = pending;
                    pending = new LinkedHashMap<>();
                }
                write(batch);
            } while (!isLast);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Map<Key, Optional<LastGood>> batch) throws InterruptedException {
        var refused = new LinkedHashMap<Key, Optional<LastGood>>();
        IOException cause = null;
        for (var entry : batch.entrySet()) {
            try {
                write(entry.getKey(), entry.getValue());
            } catch (IOException e) {
                cause = e;
                refused.put(entry.getKey(), entry.getValue());
            }
        }
        try {
            directory.sync();
        } catch (IOException e) {
            cause = e;
        }
        report(cause);
        if (!refused.isEmpty()) {
            tryAgainLater(refused);
        }
    }

    private void write(Key key, Optional<LastGood> state) throws IOException {
        if (state.isPresent()) {
            directory.write(state.get());
        } else {
            directory.delete(key.kind(), key.id());
        }
    }

    private void report(@Nullable IOException cause) {
        if (cause != null && !isFailing) {
            log.atWarn().setCause(cause).log("The last-good state cannot be written; serving goes on");
        } else if (cause == null && isFailing) {
            log.atInfo().log("The last-good state is written again");
        }
        isFailing = cause != null;
    }

    private void tryAgainLater(Map<Key, Optional<LastGood>> refused) throws InterruptedException {
        boolean isClosingNow = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        log.atDebug().addKeyValue("closing", isClosingNow).log("Trying again to write the last-good state");
        synchronized (lock) {
            refused.putAll(pending);
            pending = refused;
        }
    }
}
