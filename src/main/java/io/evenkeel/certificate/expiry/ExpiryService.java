package io.evenkeel.certificate.expiry;

import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import io.evenkeel.platform.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks which certificates run out soon. Any number of nodes may look: an event is told once, whoever tells it. */
@Service
class ExpiryService {

    /** Days ahead at which notice is given. */
    static final List<Integer> NOTICES = List.of(30, 7, 1);

    private final JdbcClient jdbc;
    private final Events events;
    private final Clock clock;

    ExpiryService(JdbcClient jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** A certificate that is valid for 30 more days at most. */
    private record Ending(String id, String projectId, String name, Instant expireTime) {}

    /**
     * Tells of each certificate the nearest notice that is due: one that comes with 3 days left is told of as of 7.
     * Answers how many events are new.
     */
    @Transactional
    int tell() {
        var now = clock.instant();
        var due = jdbc.sql("""
                        select id, project_id, name, expire_time from certificate
                        where expire_time > :now and expire_time <= :soon order by id
                        """)
                .param("now", at(now))
                .param("soon", at(now.plus(Duration.ofDays(NOTICES.getFirst()))))
                .query((row, n) -> new Ending(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
        return events.recordAll(due.stream().map(ending -> event(ending, now)).toList());
    }

    private static Event event(Ending ending, Instant now) {
        int days = NOTICES.stream()
                .filter(notice -> !ending.expireTime().isAfter(now.plus(Duration.ofDays(notice))))
                .reduce(NOTICES.getFirst(), Math::min);
        var until = Timestamps.onWire(ending.expireTime());
        return new Event(
                "certificate/%s/%d/%d"
                        .formatted(ending.id(), ending.expireTime().getEpochSecond(), days),
                EventKind.CERTIFICATE_EXPIRES,
                ending.projectId(),
                "certificate",
                ending.id(),
                now,
                "Certificate %s (%s) expires at %s, within %d %s; replace it before."
                        .formatted(ending.id(), ending.name(), until, days, days == 1 ? "day" : "days"),
                Map.of("days", days, "expire_time", until));
    }

    /**
     * What metrics show.
     *
     * @param secondsToNext until the next certificate runs out; null when none will
     * @param expired how many have run out
     * @param within how many run out within so many days, by the days of the notices
     */
    record Outlook(@Nullable Double secondsToNext, long expired, Map<Integer, Long> within) {}

    @Transactional(readOnly = true)
    Outlook outlook() {
        var now = clock.instant();
        return jdbc.sql("""
                        select min(expire_time) filter (where expire_time > :now),
                               count(*) filter (where expire_time <= :now),
                               count(*) filter (where expire_time > :now and expire_time <= :in30),
                               count(*) filter (where expire_time > :now and expire_time <= :in7),
                               count(*) filter (where expire_time > :now and expire_time <= :in1)
                        from certificate
                        """)
                .param("now", at(now))
                .param("in30", at(now.plus(Duration.ofDays(30))))
                .param("in7", at(now.plus(Duration.ofDays(7))))
                .param("in1", at(now.plus(Duration.ofDays(1))))
                .query((row, n) -> {
                    var next = row.getObject(1, OffsetDateTime.class);
                    return new Outlook(
                            next == null ? null : seconds(now, next.toInstant()),
                            row.getLong(2),
                            Map.of(30, row.getLong(3), 7, row.getLong(4), 1, row.getLong(5)));
                })
                .single();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
