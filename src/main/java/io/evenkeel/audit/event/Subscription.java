package io.evenkeel.audit.event;

import io.evenkeel.audit.event.position.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the feed has for one stream and the stream has not taken yet, as it goes over the wire. One that falls too far
 * behind is ended rather than waited for: its client comes again and goes on where it was.
 */
final class Subscription {

    static final int MOST_WAITING = 256;
    private static final String END = "";

    private final String projectId;
    private final EventChoice choice;
    private final Position begin;
    private final ArrayBlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile boolean isEnded;

    /** @param begin what the feed tells comes behind it */
    Subscription(String projectId, EventChoice choice, Position begin) {
        this.projectId = projectId;
        this.choice = choice;
        this.begin = begin;
    }

    String projectId() {
        return projectId;
    }

    EventChoice choice() {
        return choice;
    }

    Position begin() {
        return begin;
    }

    boolean isEnded() {
        return isEnded;
    }

    boolean wants(EventRows.Row row) {
        return !isEnded && row.projectId().equals(projectId) && choice.includes(row.event());
    }

    /** Whether there was room. */
    boolean offer(String event) {
        return waiting.offer(event);
    }

    /** The stream ends at once; what waits is left to the next one. */
    void end() {
        isEnded = true;
        waiting.clear();
        waiting.offer(END);
    }

    /** Waits no longer than this; empty where nothing came, or the subscription has ended. */
    Optional<String> await(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .filter(event -> !isEnded);
    }

    boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }
}
