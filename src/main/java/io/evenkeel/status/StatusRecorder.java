package io.evenkeel.status;

import io.evenkeel.audit.Events;
import io.evenkeel.status.worker.WorkerFacts;
import io.evenkeel.status.worker.WorkerRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The one writer of the status tables. Each method is one transaction; called by agent sync alone. */
@Component
public class StatusRecorder {

    private final NamedParameterJdbcOperations jdbc;
    private final MemberVerdicts members;
    private final RejectionVerdicts rejections;
    private final ZoneCoverage zones;
    private final StandIns standIns;
    private final LeavingMembers leaving;
    private final WorkerRows workers;
    private final Clock clock;

    public StatusRecorder(NamedParameterJdbcOperations jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        var client = JdbcClient.create(jdbc);
        this.members = new MemberVerdicts(client, events, clock);
        this.rejections = new RejectionVerdicts(client, events, clock);
        this.zones = new ZoneCoverage(client, events, clock);
        this.standIns = new StandIns(client, events, clock);
        this.leaving = new LeavingMembers(client);
        this.workers = new WorkerRows(client, events, clock);
        this.clock = clock;
    }

    /**
     * The worker lives, and has taken every change up to the watermark. Tells whether it was unknown: one that had been
     * forgotten has to say everything anew.
     *
     * @param watermark a {@code pg_snapshot} as text
     */
    @Transactional
    public boolean heartbeat(WorkerFacts worker, String watermark) {
        return workers.heartbeat(worker, watermark);
    }

    /** The same of a worker that tells no more of itself. */
    @Transactional
    public boolean heartbeat(String workerId, @Nullable String availabilityZone, String watermark) {
        return workers.heartbeat(new WorkerFacts(workerId, availabilityZone, null, clock.instant()), watermark);
    }

    /**
     * Members that were deleted meanwhile are passed over; what is known already is not written again. Tells an event
     * for each member whose status changed by it, and answers with their pools.
     */
    @Transactional
    public Set<UUID> recordHealth(String workerId, Collection<HealthObservation> observations) {
        var sorted = observations.stream()
                .sorted(Comparator.comparing(HealthObservation::memberId))
                .toList();
        int[] written = write(workerId, sorted);
        return members.settle(IntStream.range(0, written.length)
                .filter(n -> written[n] != 0)
                .mapToObj(n -> sorted.get(n).memberId())
                .distinct()
                .toList());
    }

    private int[] write(String workerId, List<HealthObservation> observations) {
        return jdbc.batchUpdate(
                """
                insert into member_health
                    (worker_id, member_id, pool_id, is_online, reason, expected_response, healthcheck_response, since)
                select :worker, m.id, m.pool_id, :online, :reason, :expected, :received, :since
                from member m where m.id = :member for key share
                on conflict (member_id, worker_id) do update
                set is_online = excluded.is_online, reason = excluded.reason,
                    expected_response = excluded.expected_response,
                    healthcheck_response = excluded.healthcheck_response, since = excluded.since
                where (member_health.is_online, member_health.reason, member_health.expected_response,
                       member_health.healthcheck_response)
                   is distinct from
                      (excluded.is_online, excluded.reason, excluded.expected_response, excluded.healthcheck_response)
                """,
                observations.stream()
                        .map(observation -> parameters(workerId, observation))
                        .toArray(SqlParameterSource[]::new));
    }

    private MapSqlParameterSource parameters(String workerId, HealthObservation observation) {
        return of(workerId)
                .addValue("member", observation.memberId())
                .addValue("online", observation.isOnline())
                .addValue("reason", observation.reason())
                .addValue("expected", observation.expectedResponse())
                .addValue("received", observation.healthcheckResponse())
                .addValue("since", observation.since().atOffset(ZoneOffset.UTC));
    }

    /** The resource, or this part of it, does not serve; {@code since} stays while the reason does. */
    @Transactional
    public void recordRejection(String workerId, Rejection rejection) {
        jdbc.update(
                """
                insert into worker_rejection (worker_id, resource_kind, resource_id, generation, reason, message, since)
                values (:worker, :kind, :resource, :generation, :reason, :message, :now)
                on conflict (worker_id, resource_kind, resource_id) do update
                set generation = greatest(worker_rejection.generation, excluded.generation), reason = excluded.reason, message = excluded.message,
                    since = case when worker_rejection.reason = excluded.reason
                                 then worker_rejection.since else excluded.since end
                """,
                of(workerId)
                        .addValue("kind", rejection.kind().name())
                        .addValue("resource", rejection.resourceId())
                        .addValue("generation", rejection.generation())
                        .addValue("reason", rejection.reason())
                        .addValue("message", rejection.message()));
        rejections.rejected(workerId, rejection);
    }

    /** It serves, or it is gone. */
    @Transactional
    public void clearRejection(String workerId, Rejection.Kind kind, UUID resourceId) {
        jdbc.update("""
                delete from worker_rejection
                where worker_id = :worker and resource_kind = :kind and resource_id = :resource
                """, of(workerId).addValue("kind", kind.name()).addValue("resource", resourceId));
        rejections.settle(kind, resourceId);
    }

    /**
     * In these pools, at this worker, others take traffic than those who are there for it, and in no more. Tells an
     * event for each that is new and each that is over.
     *
     * @param whyByPool FAIL_OPEN, ZONE_FALLBACK or STANDBY
     */
    @Transactional
    public void recordStandIns(String workerId, Map<UUID, String> whyByPool) {
        standIns.record(workerId, whyByPool);
    }

    /**
     * What a worker says of a member that gets nothing new.
     *
     * @param until when what is still under way at it ends at the latest
     */
    public record Leaving(Instant since, Instant until) {}

    /** These members of the pool get nothing new at this worker, to a limit, and no others. */
    @Transactional
    public void recordLeaving(String workerId, UUID poolId, Map<UUID, Leaving> byMember) {
        leaving.record(workerId, poolId, byMember);
    }

    /** A worker that starts says anew what it does not serve, and has nothing under way. */
    @Transactional
    public void forgetRejections(String workerId) {
        leaving.forget(workerId);
        jdbc.update("delete from worker_rejection where worker_id = :worker", of(workerId));
    }

    /** Those of these workers that were silent for so long, with all they said; others judge their members now. */
    @Transactional
    public void forgetWorkers(Collection<String> workerIds, Duration silence) {
        var contested = workers.contested(workerIds, silence);
        workers.forget(workerIds, silence);
        members.settle(contested);
    }

    /** The worker does not hold these pools any more, because others serve them: what it saw there counts no longer. */
    @Transactional
    public void forgetPools(String workerId, Collection<UUID> poolIds) {
        leaving.forget(workerId, poolIds);
        var parameters = of(workerId)
                .addValue("pools", poolIds.stream().map(UUID::toString).toArray(String[]::new));
        members.settle(jdbc.query("""
                delete from member_health h using member m
                where m.pool_id = any(cast(:pools as uuid[])) and h.member_id = m.id and h.worker_id = :worker
                returning h.member_id
                """, parameters, (row, n) -> row.getObject(1, UUID.class)));
    }

    /** Judges members of pools that changed anew, by their servers and monitors, and answers with the pools it hit. */
    @Transactional
    public Set<UUID> settleMembers(Collection<UUID> poolIds) {
        return members.settle(members.differing(poolIds));
    }

    /** Judges the zones of load balancers and pools that changed, or use or serve such; after the change is committed. */
    @Transactional
    public void settleZones(Collection<UUID> poolIds, Collection<UUID> loadBalancerIds) {
        zones.settle(poolIds, loadBalancerIds);
    }

    /** Heals what no change told of, or a node that stopped did not get to. */
    @Transactional
    public void settleAll() {
        rejections.settleForgotten();
        zones.settleAll();
    }

    /** What was noted of resources that do not exist any more. */
    @Transactional
    public void forgetDeleted() {
        jdbc.update("""
                delete from worker_rejection r
                where not exists (select 1 from listener l where l.id = r.resource_id)
                  and not exists (select 1 from load_balancer b where b.id = r.resource_id)
                  and not exists (select 1 from pool p where p.id = r.resource_id)
                """, new MapSqlParameterSource());
        rejections.forgetDeleted();
    }

    private MapSqlParameterSource of(String workerId) {
        return new MapSqlParameterSource("worker", workerId).addValue("now", OffsetDateTime.now(clock));
    }
}
