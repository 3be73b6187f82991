package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredPool.Presence;
import io.evenkeel.desiredstate.DesiredPool.ZoneAffinity;
import io.evenkeel.desiredstate.DesiredPool.ZoneFallback;
import io.evenkeel.desiredstate.ListenerProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where requests land when those who are there for them are not well. Backends a and b are in the worker's zone. */
class WorkerStandInTests {

    @TempDir
    private Path home;

    private final Map<String, TestBackend> backends = new HashMap<>();
    private final Map<String, DesiredMember> members = new HashMap<>();
    private final CountDownLatch masterMayAnswer = new CountDownLatch(1);
    private WorkerHarness harness;
    private DesiredPool pool = Pools.pool();

    @BeforeEach
    void start() {
        harness = new WorkerHarness(home, Optional.of("here"));
        for (var name : List.of("a", "b", "c", "d")) {
            var backend = harness.backend(name);
            backends.put(name, backend);
            members.put(
                    name, Pools.in(Pools.member("127.0.0.1", backend.port()), "ab".contains(name) ? "here" : "there"));
        }
    }

    @AfterEach
    void stop() throws Exception {
        masterMayAnswer.countDown();
        harness.close();
    }

    private TestBackend backend(String name) {
        return Objects.requireNonNull(backends.get(name));
    }

    private DesiredMember member(String name) {
        return Objects.requireNonNull(members.get(name));
    }

    private void become(String name, int healthCode) {
        var backend = backend(name);
        backend.behave(socket -> backend.answer(socket, name, healthCode));
    }

    private void serve(Presence presence, DesiredMember... of) {
        pool = Pools.present(Pools.monitored(Pools.pool(of), Pools.httpMonitor("/health", "200")), presence);
        harness.serve(pool);
        harness.serve(States.at(
                States.loadBalancer(States.listener(ListenerProtocol.HTTP, harness.port, Optional.of(pool.id()))),
                harness.vip));
    }

    private void change(DesiredPool next) {
        pool = next;
        harness.serve(next);
    }

    private Set<String> landed() throws IOException {
        var names = new HashSet<String>();
        for (int i = 0; i < 16; i++) {
            try (var client = new TestClient(harness.vip, harness.port)) {
                var answer = client.get("/");
                names.add(answer.code() == 200 ? answer.body() : Integer.toString(answer.code()));
            }
        }
        return names;
    }

    private void awaitLanded(String... names) {
        await().untilAsserted(() -> assertThat(landed()).containsExactlyInAnyOrder(names));
    }

    private void awaitStandIn(StandIn why) {
        await().untilAsserted(() -> assertThat(harness.standIns).isEqualTo(Map.of(pool.id(), why)));
        assertThat(harness.worker().standIns()).isEqualTo(Map.of(pool.id(), why));
    }

    private static Presence failOpen(boolean isFailOpen) {
        return new Presence(Optional.empty(), Optional.empty(), isFailOpen, Optional.empty());
    }

    @Test
    void withFailOpenAllTakeTrafficWhenNoneIsWellAndOnlyThen() {
        serve(failOpen(true), member("a"), member("b"));
        awaitLanded("a", "b");
        become("a", 500);
        awaitLanded("b");
        assertThat(harness.standIns).isEmpty();
        become("b", 500);
        awaitLanded("a", "b");
        awaitStandIn(StandIn.FAIL_OPEN);
        become("a", 200);
        awaitLanded("a");
        await().untilAsserted(() -> assertThat(harness.standIns).isEmpty());
    }

    @Test
    void withoutItNobodyDoes() {
        become("a", 500);
        serve(failOpen(false), member("a"));
        awaitLanded("503");
        change(Pools.present(pool, failOpen(true)));
        awaitLanded("a");
        awaitStandIn(StandIn.FAIL_OPEN);
        change(Pools.present(pool, failOpen(false)));
        awaitLanded("503");
        assertThat(harness.standIns).isEmpty();
    }

    /** Letters of those who are ill, of the minimum, and of where requests land then. */
    @ParameterizedTest
    @CsvSource({
        "ALL_OF_ZONE,            1, '',  ab",
        "ALL_OF_ZONE,            1, a,   b",
        "ALL_OF_ZONE,            2, a,   ab",
        "HEALTHY_OF_OTHER_ZONES, 2, ac,  d",
        "ALL_HEALTHY,            2, ac,  bd",
        "ALL,                    2, ac,  abcd",
        "ALL_OF_ZONE,            1, ab,  ab",
        "HEALTHY_OF_OTHER_ZONES, 1, ab,  cd",
        "HEALTHY_OF_OTHER_ZONES, 2, acd, b"
    })
    void trafficStaysInTheZoneUntilTooFewAreWellThere(ZoneFallback fallback, int minimum, String down, String landed) {
        var affinity = new ZoneAffinity(false, minimum, fallback);
        down.chars().mapToObj(Character::toString).forEach(name -> become(name, 500));
        serve(
                new Presence(Optional.empty(), Optional.empty(), false, Optional.of(affinity)),
                members.values().toArray(new DesiredMember[0]));
        awaitLanded(landed.split(""));
    }

    @Test
    void theStandbyServesWhileTheMasterDoesNot() {
        serve(Presence.PLAIN, member("a"), Pools.standby(member("b")));
        awaitLanded("a");
        become("a", 500);
        awaitLanded("b");
        awaitStandIn(StandIn.STANDBY);
        become("a", 200);
        awaitLanded("a");
        await().untilAsserted(() -> assertThat(harness.standIns).isEmpty());
        change(Pools.withMembers(pool, Pools.weighing(member("a"), 0), Pools.standby(member("b"))));
        awaitLanded("b");
    }

    @Test
    void theStandbyGetsNothingBeforeTheFirstCheckOfTheMaster() throws IOException {
        var master = backend("a");
        master.behave(socket -> {
            await().until(() -> masterMayAnswer.getCount() == 0);
            master.answer(socket, "a", 200);
        });
        serve(Presence.PLAIN, member("a"), Pools.standby(member("b")));
        await().until(() ->
                harness.toldOf(member("b").id()).filter(MemberHealth::isOnline).isPresent());
        assertThat(landed()).containsExactly("503");
        masterMayAnswer.countDown();
        awaitLanded("a");
        assertThat(backend("b").requests()).isZero();
    }
}
