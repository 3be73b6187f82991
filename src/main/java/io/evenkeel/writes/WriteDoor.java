package io.evenkeel.writes;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.RequestId;
import io.evenkeel.platform.write.Advanced;
import io.evenkeel.platform.write.Warnings;
import io.evenkeel.platform.write.WriteChecks;
import io.evenkeel.platform.write.WritePlanner;
import io.evenkeel.writes.idempotency.IdempotencyKeys;
import io.evenkeel.writes.idempotency.StoredAnswer;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a write: in one transaction, with what its client asked beside it. A write that only lost a race (a serialization
 * failure, a deadlock) is done again.
 *
 * <p>With {@code If-Match} and in a dry run the transaction is a repeatable read: every write advances the row that its
 * resource belongs to, so a change between the look at the resource and the write fails the transaction, and the second
 * attempt sees it.
 */
@Component
class WriteDoor {

    private static final int ATTEMPTS = 40;

    private final TransactionTemplate readCommitted;
    private final TransactionTemplate repeatableRead;
    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final IdempotencyKeys keys;
    private final EntityTags tags;
    private final Touched touched;
    private final List<WriteChecks> checks;
    private final WritePlanner planner;
    private final JsonMapper json;

    WriteDoor(
            PlatformTransactionManager transactions,
            EntityManager entities,
            JdbcClient jdbc,
            IdempotencyKeys keys,
            EntityTags tags,
            Touched touched,
            List<WriteChecks> checks,
            WritePlanner planner,
            JsonMapper json) {
        this.readCommitted = new TransactionTemplate(transactions);
        this.repeatableRead = new TransactionTemplate(transactions);
        this.repeatableRead.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.entities = entities;
        this.jdbc = jdbc;
        this.keys = keys;
        this.tags = tags;
        this.touched = touched;
        this.checks = checks;
        this.planner = planner;
        this.json = json;
    }

    /**
     * The controller's method.
     *
     * @param write does it and gives its answer, null for none; may be called again after a rollback
     * @param read gives what GET answers for the same resource; empty where there is no such operation
     * @param status of a successful answer
     */
    record Call(Supplier<@Nullable Object> write, Optional<Supplier<@Nullable Object>> read, int status) {}

    /**
     * What a write came to.
     *
     * @param answer of the controller's method
     * @param advanced everything that has a new generation by it
     */
    record Done(@Nullable Object answer, List<Advanced> advanced) {}

    /**
     * @return what the write came to, committed
     * @throws InsteadOfAnswer for a dry run and for a repeated idempotency key
     */
    Done run(WriteRequest request, Call call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.isDryRun() ? rehearse(request, call) : write(request, call);
            } catch (RuntimeException failure) {
                if (attempt == ATTEMPTS || !LostRace.in(failure)) {
                    throw failure;
                }
                Warnings.clear();
                int most = Math.min(attempt, 10);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        1 + ThreadLocalRandom.current().nextInt(2 * most)));
            }
        }
    }

    private Done write(WriteRequest request, Call call) {
        var transaction = request.ifMatch().isPresent() ? repeatableRead : readCommitted;
        return Objects.requireNonNull(transaction.execute(status -> {
            request.idempotencyKey()
                    .flatMap(key -> keys.claim(request.projectId(), key, request.digest()))
                    .ifPresent(stored -> {
                        throw replayed(stored);
                    });
            var performed = perform(request, call, status);
            var done = new Done(performed.answer(), performed.ids().advanced());
            request.idempotencyKey()
                    .ifPresent(key -> keys.store(request.projectId(), key, stored(call.status(), done)));
            return done;
        }));
    }

    private record Performed(@Nullable Object answer, Touched.Ids ids) {}

    private Performed perform(WriteRequest request, Call call, TransactionStatus status) {
        request.ifMatch().ifPresent(wanted -> checkPrecondition(wanted, call));
        var ids = touched.begin();
        try {
            var answer = call.write().get();
            status.flush();
            if (!ids.isEmpty()) {
                checks.forEach(check ->
                        check.check(ids.loadBalancers().keySet(), ids.pools().keySet()));
            }
            return new Performed(answer, ids);
        } finally {
            touched.end();
        }
    }

    private void checkPrecondition(String wanted, Call call) {
        var read = call.read()
                .orElseThrow(
                        () -> ErrorCode.INVALID_INPUT.with("If-Match", "is taken by PUT and DELETE of one resource"));
        var now = read.get();
        // What was read must not stay in the way of what the write reads under its lock.
        entities.clear();
        if (now != null) {
            tags.require(wanted, now);
        }
    }

    /** All of it, checks and constraints included; then back to where it began, to look at that in the same snapshot. */
    private Done rehearse(WriteRequest request, Call call) {
        throw repeatableRead.<InsteadOfAnswer>execute(status -> {
            jdbc.sql("savepoint before_write").update();
            var performed = perform(request, call, status);
            jdbc.sql("set constraints all immediate").update();
            var loadBalancers = performed.ids().loadBalancers().keySet();
            var pools = performed.ids().pools().keySet();
            var answer = tree(performed.answer());
            var after = planner.look(loadBalancers, pools);
            jdbc.sql("rollback to savepoint before_write").update();
            entities.clear();
            answer.set(
                    "plan", json.valueToTree(planner.look(loadBalancers, pools).changesTo(after)));
            status.setRollbackOnly();
            boolean isEmpty = performed.answer() == null;
            return InsteadOfAnswer.rehearsed(
                    new StoredAnswer(isEmpty ? 200 : call.status(), Optional.of(answer.toString()), List.of()));
        });
    }

    private StoredAnswer stored(int status, Done done) {
        return new StoredAnswer(
                status,
                done.answer() == null
                        ? Optional.empty()
                        : Optional.of(tree(done.answer()).toString()),
                done.advanced());
    }

    /** The answer with its warnings, which a write without a body has as well. */
    private ObjectNode tree(@Nullable Object answer) {
        ObjectNode tree = answer == null
                ? json.createObjectNode().put("request_id", RequestId.current())
                : (ObjectNode) json.<tools.jackson.databind.JsonNode>valueToTree(answer);
        var warnings = Warnings.current();
        if (!warnings.isEmpty()) {
            tree.set("warnings", json.valueToTree(warnings));
        }
        return tree;
    }

    /** The body's request id is always that of the answer's own header. */
    private InsteadOfAnswer replayed(StoredAnswer stored) {
        if (stored.body().isEmpty()) {
            return InsteadOfAnswer.replayed(stored, Optional.empty());
        }
        var tree = (ObjectNode) json.readTree(stored.body().get());
        tree.put("request_id", RequestId.current());
        return InsteadOfAnswer.replayed(
                new StoredAnswer(stored.status(), Optional.of(tree.toString()), stored.advanced()), tags.of(tree));
    }
}
