package io.evenkeel.schema;

import io.evenkeel.agentsync.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node of the last release at work: configuration and status written and read by the statements of that release, with
 * the columns that it knew. Kept as they were then; changed only when another release is the last one.
 */
final class OldNode implements AutoCloseable {

    private final JdbcClient jdbc;
    private final Rows rows;
    private final UUID pool;
    private final UUID loadBalancer;
    private final String worker = "old-" + UUID.randomUUID();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final List<UUID> members = new ArrayList<>();
    private final Thread thread;

    OldNode(JdbcClient jdbc) {
        this.jdbc = jdbc;
        rows = new Rows(jdbc).vpc();
        loadBalancer = rows.loadBalancer();
        pool = rows.pool();
        rows.listener(loadBalancer, pool, 80, "{}");
        rows.monitor(pool);
        thread = Thread.ofPlatform().daemon().name("old-node").start(this::work);
    }

    String projectId() {
        return rows.projectId();
    }

    UUID pool() {
        return pool;
    }

    UUID loadBalancer() {
        return loadBalancer;
    }

    String worker() {
        return worker;
    }

    int rounds() {
        return rounds.get();
    }

    @Nullable
    RuntimeException failure() {
        return failure.get();
    }

    private void work() {
        try {
            do {
                round();
                rounds.incrementAndGet();
            } while (!stopped.await(5, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private void round() {
        beat();
        if (members.size() < 200) {
            rows.advance("pool", pool);
            members.add(rows.member(pool, members.size() + 1));
        }
        see(members.getLast());
        reject();
        rows.advance("load_balancer", loadBalancer);
        var passing = rows.pool();
        rows.delete("pool", passing);
        tell();
        read();
    }

    private void beat() {
        jdbc.sql("""
                        insert into worker (id, availability_zone, started_at, heartbeat_at, watermark)
                        values (:worker, 'az-1', now(), now(), '1:1:')
                        on conflict (id) do update
                        set availability_zone = excluded.availability_zone, heartbeat_at = excluded.heartbeat_at,
                            watermark = excluded.watermark""").param("worker", worker).update();
    }

    private void see(UUID member) {
        jdbc.sql("""
                        insert into member_health
                            (worker_id, member_id, pool_id, is_online, reason, expected_response, healthcheck_response, since)
                        select :worker, m.id, m.pool_id, true, null, null, null, now()
                        from member m where m.id = :member for key share
                        on conflict (member_id, worker_id) do update
                        set is_online = excluded.is_online, reason = excluded.reason,
                            expected_response = excluded.expected_response,
                            healthcheck_response = excluded.healthcheck_response, since = excluded.since""").param("worker", worker).param("member", member).update();
    }

    private void reject() {
        jdbc.sql("""
                        insert into worker_rejection
                            (worker_id, resource_kind, resource_id, generation, reason, message, since)
                        values (:worker, 'LOAD_BALANCER', :id, 1, 'INVALID', 'for people', now())
                        on conflict (worker_id, resource_kind, resource_id) do update
                        set generation = excluded.generation, reason = excluded.reason, message = excluded.message""").param("worker", worker).param("id", loadBalancer).update();
        jdbc.sql("delete from worker_rejection where worker_id = ?")
                .param(worker)
                .update();
    }

    private void tell() {
        var id = UUID.randomUUID();
        jdbc.sql("insert into event_key (key, happened_at) values (?, now())")
                .param("old/" + id)
                .update();
        jdbc.sql("""
                        insert into event (id, project_id, happened_at, kind, resource_kind, resource_id, message, details)
                        values (:id, :project, now(), 'MEMBER_ONLINE', 'member', cast(:id as text), 'for people', '{}')""").param("id", id).param("project", rows.projectId()).update();
    }

    /** What a look and an answer read. */
    private void read() {
        jdbc.sql("""
                        select id, generation, changed_in from load_balancer union all
                        select id, generation, changed_in from pool union all
                        select resource_id, generation, changed_in from tombstone""").query((row, n) -> row.getString(1)).list();
        jdbc.sql("select member_id, pool_id, operating_status, server_status from member_status")
                .query((row, n) -> row.getString(1))
                .list();
        jdbc.sql("select load_balancer_id, listener_id, member_id from backend_path where project_id = ?")
                .param(rows.projectId())
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
