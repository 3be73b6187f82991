package io.evenkeel.agentsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.agentsync.compile.DesiredStateCompiler;
import io.evenkeel.agentsync.feed.ChangeFeed;
import io.evenkeel.agentsync.feed.Epochs;
import io.evenkeel.agentsync.placement.LiveWorker;
import io.evenkeel.agentsync.placement.Placement;
import io.evenkeel.agentsync.placement.PlacementReads;
import io.evenkeel.agentsync.placement.Share;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.Push;
import io.evenkeel.status.StatusRecorder;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** What one of several workers is told, against real rows. Time is told; the zones are nobody else's. */
@EvenkeelTest
class ShareTests {

    private static final String HERE = "az-71";
    private static final String THERE = "az-72";
    private static final int LOST_AFTER = 10;

    @Autowired
    ChangeFeed feed;

    @Autowired
    DesiredStateCompiler compiler;

    @Autowired
    Epochs epochs;

    @Autowired
    PlacementReads placement;

    @Autowired
    StatusRecorder recorder;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final RecordingWorker worker = new RecordingWorker();
    private final String other = "other-" + UUID.randomUUID();
    private final AtomicLong nanos = new AtomicLong(5);
    private Rows rows;
    private Reconciler reconciler;

    @BeforeEach
    void begin() {
        rows = new Rows(jdbc).vpc();
        reconciler = reconciler(LiveWorker.ALL);
    }

    private Reconciler reconciler(int replicas) {
        var self = new LiveWorker(worker.workerId(), Optional.of(HERE), replicas);
        var share = new Share(self, placement, Duration.ofSeconds(LOST_AFTER), nanos::get);
        return new Reconciler(feed, compiler, epochs, transactions, worker, share);
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from worker where id = ?").param(other).update();
        rows.close();
    }

    private UUID loadBalancerIn(String... zones) {
        var id = rows.loadBalancer();
        move(id, zones);
        return id;
    }

    private void move(UUID loadBalancer, String... zones) {
        jdbc.sql("update load_balancer set availability_zones = cast(? as text[]) where id = ?")
                .params(zones, loadBalancer)
                .update();
        rows.advance("load_balancer", loadBalancer);
    }

    private void otherIsHeardIn(String zone) {
        recorder.heartbeat(other, zone, "1:1:");
    }

    /** What is pushed of these by a look a second after the last one; {@code -} before what is withdrawn. */
    private List<String> look(UUID... ids) {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        worker.forget();
        reconciler.look();
        return worker.pushesOf(ids).stream()
                .map(push -> (push instanceof Push.Withdraw ? "-" : "") + push.id())
                .toList();
    }

    private List<String> lookFor(int seconds, Runnable eachSecond, UUID... ids) {
        var pushes = new ArrayList<String>();
        for (int n = 0; n < seconds; n++) {
            eachSecond.run();
            pushes.addAll(look(ids));
        }
        return pushes;
    }

    private static List<String> texts(UUID... ids) {
        return Stream.of(ids).map(UUID::toString).toList();
    }

    private UUID poolOf(UUID loadBalancer, int port) {
        var pool = rows.pool();
        rows.listener(loadBalancer, pool, port, "{}");
        return pool;
    }

    @Test
    void takesLoadBalancersOfItsZoneAndNoPoolThatOthersAloneLeadTo() {
        otherIsHeardIn(THERE);
        var mine = loadBalancerIn(HERE, THERE);
        var pool = poolOf(mine, 80);
        var elsewhere = loadBalancerIn(THERE);
        var poolElsewhere = poolOf(elsewhere, 80);
        var unused = rows.pool();

        assertThat(look(mine, pool, elsewhere, poolElsewhere, unused))
                .containsExactlyInAnyOrderElementsOf(texts(pool, unused, mine))
                .endsWith(mine.toString());
        rows.advance("pool", poolElsewhere);
        rows.advance("load_balancer", elsewhere);
        assertThat(look(elsewhere, poolElsewhere)).isEmpty();
        rows.advance("pool", pool);
        assertThat(look(mine, pool)).containsExactly(pool.toString());
    }

    @Test
    void takesAPoolThatAListenerOfItsOwnComesToLeadTo() {
        otherIsHeardIn(THERE);
        var mine = loadBalancerIn(HERE);
        var elsewhere = loadBalancerIn(THERE);
        var pool = poolOf(elsewhere, 80);
        assertThat(look(mine, pool)).containsExactly(mine.toString());

        rows.listener(mine, pool, 80, "{}");
        rows.advance("load_balancer", mine);

        assertThat(look(mine, pool)).containsExactlyElementsOf(texts(pool, mine));
    }

    @Test
    void takesOverWhatALostWorkerServedAndLetsItGoLateWhenThatOneIsBack() {
        otherIsHeardIn(THERE);
        var elsewhere = loadBalancerIn(THERE);
        var pool = poolOf(elsewhere, 80);
        assertThat(lookFor(LOST_AFTER, () -> {}, elsewhere, pool)).isEmpty();

        assertThat(lookFor(2, () -> {}, elsewhere, pool)).containsExactlyElementsOf(texts(pool, elsewhere));

        assertThat(lookFor(3 * LOST_AFTER, () -> otherIsHeardIn(THERE), elsewhere, pool))
                .as("both serve it")
                .isEmpty();
        assertThat(lookFor(2, () -> otherIsHeardIn(THERE), elsewhere, pool))
                .containsExactly("-" + elsewhere, "-" + pool);
        assertThat(look(elsewhere, pool)).isEmpty();
    }

    /** Late again and again, it is heard often enough that nothing is withdrawn, nor pushed a second time. */
    @Test
    void doesNotFlapWithALateHeartbeat() {
        otherIsHeardIn(THERE);
        var elsewhere = loadBalancerIn(THERE);
        lookFor(LOST_AFTER + 2, () -> {}, elsewhere);
        assertThat(worker.held(ResourceKind.LOAD_BALANCER)).containsKey(elsewhere);

        for (int n = 0; n < 3; n++) {
            otherIsHeardIn(THERE);
            assertThat(lookFor(LOST_AFTER + 5, () -> {}, elsewhere)).isEmpty();
        }
    }

    @Test
    void goesOnWithChangesOfWhatItIsAboutToLetGo() {
        otherIsHeardIn(THERE);
        var loadBalancer = loadBalancerIn(HERE);
        var pool = poolOf(loadBalancer, 80);
        look(loadBalancer, pool);

        move(loadBalancer, THERE);

        assertThat(look(loadBalancer, pool)).containsExactly(loadBalancer.toString());
        rows.advance("pool", pool);
        assertThat(look(loadBalancer, pool)).containsExactly(pool.toString());
        assertThat(lookFor(3 * LOST_AFTER + 1, () -> otherIsHeardIn(THERE), loadBalancer, pool))
                .containsExactly("-" + loadBalancer, "-" + pool);
    }

    @Test
    void takesWhatComesBackToItAsItWas() {
        otherIsHeardIn(THERE);
        var loadBalancer = loadBalancerIn(HERE);
        look(loadBalancer);
        move(loadBalancer, THERE);
        lookFor(3 * LOST_AFTER + 2, () -> otherIsHeardIn(THERE), loadBalancer);
        assertThat(worker.held(ResourceKind.LOAD_BALANCER)).doesNotContainKey(loadBalancer);

        assertThat(lookFor(LOST_AFTER + 2, () -> {}, loadBalancer)).containsExactly(loadBalancer.toString());
    }

    @Test
    void sharesAZoneWithOthersByTheNumberOfReplicas() {
        otherIsHeardIn(HERE);
        reconciler = reconciler(1);
        var all = new ArrayList<UUID>();
        for (int n = 0; n < 24; n++) {
            all.add(loadBalancerIn(HERE));
        }
        var both = List.of(
                new LiveWorker(worker.workerId(), Optional.of(HERE), 1), new LiveWorker(other, Optional.of(HERE), 1));
        var mine = all.stream()
                .filter(id -> Placement.workersOf(id, List.of(HERE), both).contains(worker.workerId()))
                .map(UUID::toString)
                .toList();
        var others = all.stream()
                .map(UUID::toString)
                .filter(id -> !mine.contains(id))
                .toList();
        assertThat(mine).hasSizeBetween(1, 23);
        var ids = all.toArray(UUID[]::new);

        assertThat(look(ids)).containsExactlyInAnyOrderElementsOf(mine);
        assertThat(lookFor(LOST_AFTER + 2, () -> {}, ids))
                .as("the lost one's share, and nothing that was served already")
                .containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void deletesWhatIsDeletedWhoeverServesIt() {
        otherIsHeardIn(THERE);
        var elsewhere = loadBalancerIn(THERE);
        look(elsewhere);
        rows.delete("load_balancer", elsewhere);

        assertThat(look(elsewhere)).containsExactly(elsewhere.toString());
        assertThat(worker.pushesOf(elsewhere)).hasOnlyElementsOfType(Push.Remove.class);
    }
}
