package io.evenkeel.console.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Looks every second, for each project that somebody looks at on this node, whether something came; one statement a
 * project, none when nobody looks. A message says only that there is something new. Safe for all threads.
 */
@Component
class ChangeWatch {

    private static final Logger log = LoggerFactory.getLogger(ChangeWatch.class);
    /** The browser asks again by itself, and so shows its session again. */
    private static final Duration LONGEST = Duration.ofSeconds(55);

    private final Map<String, Watched> projects = new ConcurrentHashMap<>();
    private final ChangeReads reads;

    ChangeWatch(ChangeReads reads) {
        this.reads = reads;
    }

    /** A project, what came last in it, and who wants to know. */
    private static final class Watched {
        private final Set<SseEmitter> streams = ConcurrentHashMap.newKeySet();
        private volatile String last;

        Watched(String last) {
            this.last = last;
        }
    }

    SseEmitter open(String projectId) {
        var stream = new SseEmitter(LONGEST.toMillis());
        var last = reads.last(projectId);
        projects.compute(projectId, (id, watched) -> {
            var now = watched == null ? new Watched(last) : watched;
            now.streams.add(stream);
            return now;
        });
        stream.onCompletion(() -> forget(projectId, stream));
        stream.onTimeout(stream::complete);
        stream.onError(failure -> forget(projectId, stream));
        send(stream, SseEmitter.event().comment("open"));
        return stream;
    }

    private void forget(String projectId, SseEmitter stream) {
        projects.computeIfPresent(projectId, (id, watched) -> {
            watched.streams.remove(stream);
            return watched.streams.isEmpty() ? null : watched;
        });
    }

    @Scheduled(fixedDelayString = "PT1S")
    void look() {
        try {
            projects.forEach((projectId, watched) -> {
                var last = reads.last(projectId);
                if (!last.equals(watched.last)) {
                    watched.last = last;
                    watched.streams.forEach(stream ->
                            send(stream, SseEmitter.event().name("changed").data("new")));
                }
            });
        } catch (DataAccessException | TransactionException away) {
            log.atDebug().setCause(away).log("The database is away; pages are told of changes when it is back");
        }
    }

    private static void send(SseEmitter stream, SseEmitter.SseEventBuilder event) {
        try {
            stream.send(event);
        } catch (IOException | IllegalStateException gone) {
            log.atDebug().setCause(gone).log("A browser stopped listening; the server ends its stream");
        }
    }

    /** Before the web server waits for its requests to end: these would not. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        projects.values().forEach(watched -> watched.streams.forEach(SseEmitter::complete));
    }
}
