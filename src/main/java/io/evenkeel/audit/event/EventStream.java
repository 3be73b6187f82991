package io.evenkeel.audit.event;

import io.evenkeel.audit.event.position.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One stream: what its client has missed, then what comes. Runs on the thread of its request. */
final class EventStream {

    private static final int PAGE = 200;

    private final Subscription subscription;
    private final EventFeed feed;
    private final EventRows rows;
    private final EventFrames frames;
    private final OutputStream client;

    EventStream(Subscription subscription, EventFeed feed, EventRows rows, EventFrames frames, OutputStream client) {
        this.subscription = subscription;
        this.feed = feed;
        this.rows = rows;
        this.frames = frames;
        this.client = client;
    }

    /**
     * Returns when the subscription ends, or the time is over.
     *
     * @param from what the client has seen; null: what is there already is no news to it
     * @throws IOException when the client is gone
     */
    void run(@Nullable Position from, Duration heartbeat, Duration life) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        var position = subscription.begin();
        if (from == null) {
            write(frames.begin(position));
        } else if (from.database().equals(position.database())) {
            write(frames.begin(from));
            tellMissed(from, position);
        } else {
            write(frames.begin(position));
            write(frames.reset(position));
        }
        client.flush();
        while (!subscription.isEnded() && System.nanoTime() - begin < life.toNanos()) {
            tellNext(heartbeat);
        }
    }

    private void tellMissed(Position from, Position to) throws IOException {
        var position = from;
        List<EventRows.Row> page;
        do {
            page = rows.next(List.of(subscription.projectId()), position, to.seen(), PAGE);
            for (var row : page) {
                position = position.behind(row.transaction(), row.event().id(), to.seen());
                if (subscription.choice().includes(row.event())) {
                    write(frames.of(row.event(), position));
                }
            }
        } while (page.size() == PAGE && !subscription.isEnded());
    }

    private void tellNext(Duration heartbeat) throws IOException, InterruptedException {
        // Taken first: whatever came before it is written by the time that nothing waits.
        var before = feed.cursor();
        var next = subscription.await(heartbeat);
        if (next.isPresent()) {
            write(next.get());
        } else if (!subscription.isEnded()) {
            write(frames.heartbeat(before));
        }
        if (!subscription.isAnyWaiting()) {
            client.flush();
        }
    }

    private void write(String text) throws IOException {
        client.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
