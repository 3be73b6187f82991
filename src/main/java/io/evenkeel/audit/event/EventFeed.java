package io.evenkeel.audit.event;

import io.evenkeel.audit.event.position.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What is recorded anywhere, for all streams of this process: one look at the database for all of them, and none while
 * there are none. Thread-safe; a look holds a connection no longer than its statements run.
 */
@Component
class EventFeed {

    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
    private static final int PAGE = 1000;

    private final EventRows rows;
    private final EventFrames frames;
    private final EventStreamProperties properties;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition isLeft = lock.newCondition();
    /** Up to here every subscription was told. Null before the first. */
    private volatile @Nullable Position cursor;

    private @Nullable Thread thread;
    private boolean isAway;

    EventFeed(EventRows rows, EventFrames frames, EventStreamProperties properties) {
        this.rows = rows;
        this.frames = frames;
        this.properties = properties;
    }

    /**
     * Tells the project's events from now on, until {@link #leave}. What was recorded before, as far as it begins to be
     * told here, is in {@link Subscription#begin()}.
     */
    Subscription subscribe(String projectId, EventChoice choice) {
        lock.lock();
        try {
            look();
            var subscription = new Subscription(projectId, choice, cursor());
            subscriptions.add(subscription);
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("evenkeel-events").start(this::run);
            }
            return subscription;
        } finally {
            lock.unlock();
        }
    }

    void leave(Subscription subscription) {
        subscriptions.remove(subscription);
        if (subscriptions.isEmpty()) {
            lock.lock();
            try {
                isLeft.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Ends every stream; their clients come again. */
    void endAll() {
        List.copyOf(subscriptions).forEach(this::end);
    }

    int size() {
        return subscriptions.size();
    }

    /** Where the feed is: what is behind it was told to nobody yet. */
    Position cursor() {
        var now = cursor;
        if (now == null) {
            throw new IllegalStateException("Nobody has subscribed yet");
        }
        return now;
    }

    private void run() {
        lock.lock();
        try {
            while (!subscriptions.isEmpty()) {
                tryLook();
                var _ = isLeft.await(properties.look().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread = null;
            lock.unlock();
        }
    }

    private void tryLook() {
        try {
            look();
            if (isAway) {
                isAway = false;
                log.atInfo().log("Events can be read again");
            }
        } catch (DataAccessException e) {
            if (!isAway) {
                isAway = true;
                log.atWarn().log("Events cannot be read; their streams wait: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            // The thread must outlive any one event.
            log.atError().setCause(e).log("A look at events failed unexpectedly; the next one comes soon");
        }
    }

    private void look() {
        var now = rows.now();
        var before = cursor;
        if (before == null || !before.database().equals(now.database())) {
            rows.heal();
            endAll();
            cursor = now.at(now.seen().narrowed());
        } else if (subscriptions.isEmpty()) {
            cursor = now.at(now.seen().narrowed());
        } else if (!before.seen().equals(now.seen())) {
            tell(before, now.at(now.seen().narrowed()));
        }
    }

    private void tell(Position from, Position to) {
        var projects =
                subscriptions.stream().map(Subscription::projectId).distinct().toList();
        var position = from;
        List<EventRows.Row> page;
        do {
            page = rows.next(projects, position, to.seen(), PAGE);
            for (var row : page) {
                position = position.behind(row.transaction(), row.event().id(), to.seen());
                tell(row, position);
            }
            cursor = position;
        } while (page.size() == PAGE);
        cursor = to;
    }

    private void tell(EventRows.Row row, Position position) {
        var slow = new ArrayList<Subscription>();
        String frame = null;
        for (var subscription : subscriptions) {
            if (subscription.wants(row)) {
                frame = frame == null ? frames.of(row.event(), position) : frame;
                if (!subscription.offer(frame)) {
                    slow.add(subscription);
                }
            }
        }
        slow.forEach(this::drop);
    }

    private void drop(Subscription subscription) {
        log.atInfo()
                .addKeyValue("projectId", subscription.projectId())
                .log("A stream of events is ended: its client is {} events behind", Subscription.MOST_WAITING);
        end(subscription);
    }

    private void end(Subscription subscription) {
        subscription.end();
        leave(subscription);
    }
}
