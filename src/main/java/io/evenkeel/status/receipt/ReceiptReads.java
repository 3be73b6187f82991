package io.evenkeel.status.receipt;

import io.evenkeel.status.receipt.Receipt.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What all workers say of resources. */
@Component
public class ReceiptReads {

    /** By the database's clock: those of nodes need not agree. */
    private static final String WORKERS = """
            select id, availability_zone, heartbeat_at > now() - interval '10 seconds' as is_live
              from worker order by id
            """;

    private static final String RECEIPTS = "select * from worker_receipt where resource_id = any(cast(:ids as uuid[]))";

    /** Workers with trouble of no other kind. */
    private static final String STANDBYS = """
            select l.load_balancer_id as id, r.worker_id
              from listener l
              join worker_rejection r on r.resource_kind = 'LISTENER' and r.resource_id = l.id
             where l.load_balancer_id = any(cast(:ids as uuid[]))
             group by l.load_balancer_id, r.worker_id having bool_and(r.reason = 'ADDRESS_NOT_AVAILABLE')
            union all
            select r.resource_id, r.worker_id from worker_receipt r
             where r.resource_id = any(cast(:ids as uuid[])) and r.trouble like 'ADDRESS_NOT_AVAILABLE:%'
            """;

    private record Standby(UUID id, String workerId) {}

    private record Worker(String id, Optional<String> zone, boolean isLive) {}

    private final JdbcClient jdbc;
    private final ServingWorkers serving;

    ReceiptReads(JdbcClient jdbc, ServingWorkers serving) {
        this.jdbc = jdbc;
        this.serving = serving;
    }

    /** For each of these, every worker that is known, by its id. Five statements. */
    public Map<Subject, List<WorkerReceipt>> of(Collection<Subject> subjects) {
        var ids = subjects.stream().map(Subject::id).map(UUID::toString).toArray(String[]::new);
        var receipts = receipts(ids);
        var standbys = standbys(ids);
        // Read after the receipts, so that none of them is of a worker that is not there.
        var workers = workers();
        var placed = serving.of(subjects);
        var all = new HashMap<Subject, List<WorkerReceipt>>();
        for (var subject : subjects) {
            var ofSubject = receipts.getOrDefault(subject, Map.of());
            var joined = new ArrayList<WorkerReceipt>();
            for (var worker : workers) {
                joined.add(new WorkerReceipt(
                        worker.id(),
                        worker.zone(),
                        worker.isLive(),
                        worker.isLive()
                                && placed.getOrDefault(subject, Set.of()).contains(worker.id()),
                        standbys.contains(new Standby(subject.id(), worker.id())),
                        Optional.ofNullable(ofSubject.get(worker.id()))));
            }
            all.put(subject, joined);
        }
        return all;
    }

    /** By worker. */
    private Map<Subject, Map<String, Receipt>> receipts(String[] ids) {
        var receipts = new HashMap<Subject, Map<String, Receipt>>();
        jdbc.sql(RECEIPTS).param("ids", ids).query(row -> {
            var receipt = ReceiptRecorder.receipt(row);
            receipts.computeIfAbsent(receipt.subject(), subject -> new HashMap<>())
                    .put(row.getString("worker_id"), receipt);
        });
        return receipts;
    }

    private Set<Standby> standbys(String[] ids) {
        return Set.copyOf(jdbc.sql(STANDBYS)
                .param("ids", ids)
                .query((row, n) -> new Standby(row.getObject(1, UUID.class), row.getString(2)))
                .list());
    }

    private List<Worker> workers() {
        return jdbc.sql(WORKERS)
                .query((row, n) -> new Worker(
                        row.getString("id"),
                        Optional.ofNullable(row.getString("availability_zone")),
                        row.getBoolean("is_live")))
                .list();
    }
}
