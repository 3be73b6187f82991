package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.accesslog.AccessLogOptions;
import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.Push;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** A worker of two loops with a VIP of its own, its backend servers, and what it told. */
final class WorkerHarness implements WorkerListener {

    final String vip = "127." + random() + '.' + random() + '.' + random();
    final int port = 8080;
    private final Map<UUID, MemberHealth> health = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<ApplyOutcome.Problem> problems = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<UUID> serving = new ConcurrentLinkedQueue<>();
    /** The generations it told last, by id. */
    final Map<UUID, Long> proved = new ConcurrentHashMap<>();
    /** Why not, by id. */
    final Map<UUID, String> unproved = new ConcurrentHashMap<>();

    volatile Runnable whenToldOfHealth = () -> {};
    private final List<AutoCloseable> resources = new ArrayList<>();
    /** What it told last. */
    volatile Map<UUID, StandIn> standIns = Map.of();

    private final Path home;
    private final AccessLogOptions accessLog;
    private final Optional<String> zone;
    private Worker worker;

    WorkerHarness(Path home) {
        this(home, AccessLogOptions.DEFAULT);
    }

    WorkerHarness(Path home, AccessLogOptions accessLog) {
        this(home, accessLog, Optional.empty());
    }

    WorkerHarness(Path home, Optional<String> zone) {
        this(home, AccessLogOptions.DEFAULT, zone);
    }

    private WorkerHarness(Path home, AccessLogOptions accessLog, Optional<String> zone) {
        this.home = home;
        this.accessLog = accessLog;
        this.zone = zone;
        this.worker = startWorker();
    }

    private Worker startWorker() {
        var transport = TestTransports.open(2);
        var options = new WorkerOptions(home, WorkerOptions.VipBinding.ADDRESS, TlsStates.KEYS, accessLog, zone);
        var started = new Worker(options, transport, this, InstantSource.system());
        started.start();
        return started;
    }

    Worker worker() {
        return worker;
    }

    void stop() {
        worker.close();
    }

    void restart() {
        worker.close();
        health.clear();
        problems.clear();
        worker = startWorker();
    }

    ApplyOutcome put(DesiredResource resource) {
        return worker.apply(States.put(resource));
    }

    ApplyOutcome apply(Push push) {
        return worker.apply(push);
    }

    /** Puts and expects that it serves. */
    void serve(DesiredResource resource) {
        assertThat(put(resource)).isEqualTo(new ApplyOutcome.Applied(resource.generation(), List.of()));
    }

    /** Waits until every member is online and the worker, which tells afterwards, has brought it in. */
    void awaitOnline(DesiredPool pool) {
        await().untilAsserted(() -> {
            assertThat(worker.health())
                    .filteredOn(member -> member.poolId().equals(pool.id()))
                    .hasSameSizeAs(pool.members())
                    .allMatch(MemberHealth::isOnline);
            assertThat(pool.members())
                    .allMatch(member ->
                            toldOf(member.id()).filter(MemberHealth::isOnline).isPresent());
        });
    }

    /** What the worker told of a member last. */
    Optional<MemberHealth> toldOf(UUID memberId) {
        return Optional.ofNullable(health.get(memberId));
    }

    TestBackend backend(String name) {
        return resource(TestBackend.named(name));
    }

    <T extends AutoCloseable> T resource(T resource) {
        resources.add(resource);
        return resource;
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(2, 250);
    }

    @Override
    public void onHealthChanged(MemberHealth changed) {
        health.put(changed.memberId(), changed);
        whenToldOfHealth.run();
    }

    @Override
    public void onStandIns(Map<UUID, StandIn> byPool) {
        standIns = byPool;
    }

    @Override
    public void onProblem(UUID loadBalancerId, ApplyOutcome.Problem problem) {
        problems.add(problem);
    }

    @Override
    public void onServing(UUID loadBalancerId, UUID listenerId) {
        serving.add(listenerId);
    }

    @Override
    public void onProved(ResourceKind kind, UUID id, long generation) {
        proved.put(id, generation);
    }

    @Override
    public void onUnproved(ResourceKind kind, UUID id, long generation, String why) {
        unproved.put(id, why);
    }

    void awaitProved(DesiredResource resource) {
        await().untilAsserted(() -> assertThat(proved).containsEntry(resource.id(), resource.generation()));
    }

    void close() throws Exception {
        worker.close();
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }
}
