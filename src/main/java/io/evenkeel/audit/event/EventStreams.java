package io.evenkeel.audit.event;

import io.evenkeel.audit.event.position.Position;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/**
 * The open streams of this process: no more than are allowed, and ended before the web server waits for requests under
 * way. Each holds the thread of its request, and nothing of the database but while it reads what its client missed.
 */
@Component
class EventStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    private final EventFeed feed;
    private final EventRows rows;
    private final EventFrames frames;
    private final EventFilters filters;
    private final EventStreamProperties properties;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;
    private volatile boolean isRunning;

    EventStreams(
            EventFeed feed,
            EventRows rows,
            EventFrames frames,
            EventFilters filters,
            EventStreamProperties properties) {
        this.feed = feed;
        this.rows = rows;
        this.frames = frames;
        this.filters = filters;
        this.properties = properties;
    }

    /**
     * Answers with the stream and returns when it ends. Errors: {@link ErrorCode#INVALID_INPUT} for the query or the
     * position, {@link ErrorCode#TOO_MANY_STREAMS}, {@link ErrorCode#NO_MORE_STREAMS}.
     *
     * @param query filters of the list
     * @param from behind which event the stream begins, as a stream gave it out; null: with what comes
     */
    void serve(
            String projectId,
            MultiValueMap<String, String> query,
            @Nullable String from,
            HttpServletResponse response) {
        var choice = new EventChoice(ListQueries.filters(filters, query));
        var position = from == null ? null : position(from);
        take(projectId);
        try {
            var subscription = feed.subscribe(projectId, choice);
            try {
                serve(subscription, position, response);
            } finally {
                feed.leave(subscription);
            }
        } finally {
            giveBack(projectId);
        }
    }

    private static Position position(String text) {
        return Position.parse(text)
                .orElseThrow(
                        () -> ErrorCode.INVALID_INPUT.with("Last-Event-ID", "must be the id of an event of a stream"));
    }

    private void serve(Subscription subscription, @Nullable Position from, HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-store");
        // For proxies that would else collect what is to come at once.
        response.setHeader("X-Accel-Buffering", "no");
        if (!isRunning) {
            subscription.end();
        }
        try {
            new EventStream(subscription, feed, rows, frames, response.getOutputStream())
                    .run(from, properties.heartbeat(), life());
        } catch (IOException e) {
            log.atDebug().log("The client of a stream of events is gone: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not the same for all: those that were opened together shall not come again together. */
    private Duration life() {
        long most = properties.life().toNanos();
        return Duration.ofNanos(most - ThreadLocalRandom.current().nextLong(most / 10 + 1));
    }

    private synchronized void take(String projectId) {
        if (!isRunning) {
            throw ErrorCode.NO_MORE_STREAMS.with("the process is about to end");
        }
        if (all >= properties.perProcess()) {
            throw ErrorCode.NO_MORE_STREAMS.with(
                    properties.perProcess() + " are open in this process (evenkeel.events.stream.per-process)");
        }
        int ofProject = open.getOrDefault(projectId, 0);
        if (ofProject >= properties.perProject()) {
            throw ErrorCode.TOO_MANY_STREAMS.with(properties.perProject());
        }
        open.put(projectId, ofProject + 1);
        all++;
    }

    private synchronized void giveBack(String projectId) {
        open.computeIfPresent(projectId, (id, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
        all--;
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
        feed.endAll();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
