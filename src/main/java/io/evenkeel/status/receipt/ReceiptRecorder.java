package io.evenkeel.status.receipt;

import io.evenkeel.status.receipt.Receipt.Kind;
import io.evenkeel.status.receipt.Receipt.Serving;
import io.evenkeel.status.receipt.Receipt.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The one writer of receipts. Each method is one transaction; called by agent sync alone. */
@Component
public class ReceiptRecorder {

    /** A worker that was forgotten has nothing to write until its next heartbeat. */
    private static final String WRITE = """
            insert into worker_receipt (worker_id, resource_kind, resource_id, generation_applied, applied_at,
                                        generation_serving, serving_since, trouble)
            select w.id, r.kind, r.id, r.applied, r.applied_at, r.serving, r.since, r.trouble
              from (select id from worker where id = :worker for key share) w
             cross join unnest(cast(:kinds as text[]), cast(:ids as uuid[]), cast(:applied as bigint[]),
                               cast(:appliedAt as timestamptz[]), cast(:serving as bigint[]),
                               cast(:since as timestamptz[]), cast(:trouble as text[]))
                   as r (kind, id, applied, applied_at, serving, since, trouble)
             order by r.id
            on conflict (resource_id, worker_id) do update
               set generation_applied = excluded.generation_applied, applied_at = excluded.applied_at,
                   generation_serving = excluded.generation_serving, serving_since = excluded.serving_since,
                   trouble = excluded.trouble
            """;

    private final JdbcClient jdbc;

    ReceiptRecorder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of each subject one receipt. What a crash of the database takes away is told again. */
    @Transactional
    public void record(String workerId, Collection<Receipt> receipts) {
        var sorted = receipts.stream()
                .sorted(Comparator.comparing(receipt -> receipt.subject().id()))
                .toList();
        dontWaitForTheDisk();
        jdbc.sql(WRITE)
                .param("worker", workerId)
                .param(
                        "kinds",
                        texts(sorted, receipt -> receipt.subject().kind().name()))
                .param("ids", texts(sorted, receipt -> receipt.subject().id()))
                .param("applied", texts(sorted, Receipt::applied))
                .param("appliedAt", texts(sorted, Receipt::appliedAt))
                .param("serving", texts(sorted, receipt -> of(receipt, Serving::generation)))
                .param("since", texts(sorted, receipt -> of(receipt, Serving::since)))
                .param("trouble", texts(sorted, receipt -> receipt.trouble().orElse(null)))
                .update();
    }

    private static <T> @Nullable T of(Receipt receipt, Function<Serving, T> part) {
        return receipt.serving().map(part).orElse(null);
    }

    private static @Nullable String[] texts(List<Receipt> receipts, Function<Receipt, @Nullable Object> part) {
        var texts = new @Nullable String[receipts.size()];
        for (int i = 0; i < texts.length; i++) {
            var value = part.apply(receipts.get(i));
            texts[i] = value == null ? null : value.toString();
        }
        return texts;
    }

    /** The worker does not hold these any more, because others serve them. */
    @Transactional
    public void forget(String workerId, Collection<UUID> resourceIds) {
        dontWaitForTheDisk();
        jdbc.sql("delete from worker_receipt where worker_id = :worker and resource_id = any(cast(:ids as uuid[]))")
                .param("worker", workerId)
                .param("ids", resourceIds.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    /** A worker that starts serves nothing yet. */
    @Transactional
    public void forget(String workerId) {
        jdbc.sql("delete from worker_receipt where worker_id = :worker")
                .param("worker", workerId)
                .update();
    }

    /** Receipts of what does not exist any more, when nobody can be waiting for them. */
    @Transactional
    public void forgetDeleted() {
        jdbc.sql("""
                        delete from worker_receipt r
                         where r.applied_at < now() - interval '5 minutes'
                           and not exists (select 1 from load_balancer b where b.id = r.resource_id)
                           and not exists (select 1 from pool p where p.id = r.resource_id)""").update();
    }

    /** All that is written of the worker. */
    @Transactional(readOnly = true)
    public Map<Subject, Receipt> of(String workerId) {
        var receipts = new HashMap<Subject, Receipt>();
        jdbc.sql("select * from worker_receipt where worker_id = :worker")
                .param("worker", workerId)
                .query(row -> {
                    var receipt = receipt(row);
                    receipts.put(receipt.subject(), receipt);
                });
        return receipts;
    }

    static Receipt receipt(ResultSet row) throws SQLException {
        var since = row.getTimestamp("serving_since");
        return new Receipt(
                new Subject(Kind.valueOf(row.getString("resource_kind")), row.getObject("resource_id", UUID.class)),
                row.getLong("generation_applied"),
                instant(row, "applied_at"),
                since == null
                        ? Optional.empty()
                        : Optional.of(new Serving(row.getLong("generation_serving"), since.toInstant())),
                Optional.ofNullable(row.getString("trouble")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private void dontWaitForTheDisk() {
        jdbc.sql("select set_config('synchronous_commit', 'off', true)")
                .query(String.class)
                .single();
    }
}
