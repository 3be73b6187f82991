package io.evenkeel.agentsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.agentsync.compile.DesiredStateCompiler;
import io.evenkeel.agentsync.feed.ChangeFeed;
import io.evenkeel.agentsync.feed.Epochs;
import io.evenkeel.agentsync.placement.LiveWorker;
import io.evenkeel.agentsync.placement.PlacementReads;
import io.evenkeel.agentsync.placement.Share;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.Push;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** What a worker is told, against real rows. */
@EvenkeelTest
class ReconcilerTests {

    @Autowired
    ChangeFeed feed;

    @Autowired
    DesiredStateCompiler compiler;

    @Autowired
    Epochs epochs;

    @Autowired
    PlacementReads placement;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final RecordingWorker worker = new RecordingWorker();
    private Rows rows;
    private Reconciler reconciler;

    @BeforeEach
    void begin() {
        rows = new Rows(jdbc).vpc();
        var anywhere = new LiveWorker(worker.workerId(), Optional.empty(), LiveWorker.ALL);
        var share = new Share(anywhere, placement, Duration.ofSeconds(10), System::nanoTime);
        reconciler = new Reconciler(feed, compiler, epochs, transactions, worker, share);
    }

    @AfterEach
    void end() {
        rows.close();
    }

    /** The pushes of the next look that concern these resources, in order. */
    private List<Push> look(UUID... ids) {
        worker.forget();
        reconciler.look();
        return worker.pushesOf(ids);
    }

    @Test
    void pushesPoolsBeforeTheLoadBalancersThatReferToThem() {
        var loadBalancer = rows.loadBalancer();
        var pool = rows.pool();
        rows.listener(loadBalancer, pool, 80, "{}");

        var pushes = look(pool, loadBalancer);

        assertThat(pushes).extracting(Push::id).containsExactly(pool, loadBalancer);
        assertThat(pushes).allSatisfy(push -> assertThat(push).isInstanceOf(Push.Put.class));
    }

    @Test
    void pushesOnlyWhatChanged() {
        var pools = rows.pools(2);
        assertThat(look(pools.toArray(UUID[]::new))).hasSize(2);
        assertThat(look(pools.toArray(UUID[]::new))).isEmpty();

        rows.advance("pool", pools.getFirst());

        assertThat(look(pools.toArray(UUID[]::new)))
                .singleElement()
                .extracting(Push::id, Push::generation)
                .containsExactly(pools.getFirst(), 2L);
    }

    @Test
    void removesByTombstoneLoadBalancersBeforeThePoolsTheyReferTo() {
        var loadBalancer = rows.loadBalancer();
        var pool = rows.pool();
        look();
        rows.delete("pool", pool);
        rows.delete("load_balancer", loadBalancer);

        var pushes = look(pool, loadBalancer);

        assertThat(pushes).extracting(Push::id).containsExactly(loadBalancer, pool);
        assertThat(pushes).allSatisfy(push -> {
            assertThat(push).isInstanceOf(Push.Remove.class);
            assertThat(push.generation()).isEqualTo(2);
        });
    }

    @Test
    void beginsAgainWhereTheLastGoodLookEnded() {
        look();
        var watermark = reconciler.watermark();
        var pool = rows.pool();
        worker.failNext();

        assertThatThrownBy(reconciler::look).hasMessage("The worker is closed");
        assertThat(reconciler.watermark()).isEqualTo(watermark);

        assertThat(look(pool)).extracting(Push::id).containsExactly(pool);
        assertThat(look(pool)).isEmpty();
    }

    @Test
    void sweepsWhatIsMissingStaleAndLeftOver() {
        var missing = rows.pool();
        var stale = rows.pool();
        var right = rows.pool();
        var leftOver = UUID.randomUUID();
        look();
        worker.hold(ResourceKind.POOL, missing, null);
        worker.hold(ResourceKind.POOL, stale, 7L);
        worker.hold(ResourceKind.POOL, leftOver, 3L);
        worker.forget();

        reconciler.sweep();

        var pushes = worker.pushesOf(missing, stale, right, leftOver);
        assertThat(pushes).extracting(Push::id).containsExactlyInAnyOrder(missing, stale, leftOver);
        assertThat(pushes.getLast()).isInstanceOfSatisfying(Push.Remove.class, remove -> {
            assertThat(remove.id()).isEqualTo(leftOver);
            assertThat(remove.generation()).isEqualTo(4);
        });
    }

    @Test
    void sweepsInSilenceWhereNothingDiffers() {
        var pool = rows.pool();
        look();
        worker.forget();

        reconciler.sweep();

        assertThat(worker.pushesOf(pool)).isEmpty();
    }

    @Test
    void pushesEverythingInANewEpoch() {
        var pool = rows.pool();
        var leftOver = UUID.randomUUID();
        var before = look(pool).getFirst().epoch();
        worker.hold(ResourceKind.POOL, leftOver, 3L);
        new RestoredDatabase(jdbc).run();

        var pushes = look(pool, leftOver);

        assertThat(pushes).extracting(Push::id).containsExactly(pool, leftOver);
        assertThat(pushes).allSatisfy(push -> {
            assertThat(push.epoch().number()).isGreaterThan(before.number());
            assertThat(push.epoch().identity()).isNotEqualTo(before.identity());
        });
    }

    @Test
    void comparesEverythingInANewEpochEvenWhenItsFirstLookFails() {
        rows.pool();
        var leftOver = UUID.randomUUID();
        worker.hold(ResourceKind.POOL, leftOver, 3L);
        worker.failNext();
        assertThatThrownBy(reconciler::look).isInstanceOf(IllegalStateException.class);
        assertThat(worker.held(ResourceKind.POOL)).containsKey(leftOver);

        reconciler.look();

        assertThat(worker.held(ResourceKind.POOL)).doesNotContainKey(leftOver);
    }

    @Test
    void takesNothingFromAnotherDatabaseThanItsLastLook() {
        var pool = rows.pool();
        look(pool);
        worker.hold(ResourceKind.POOL, pool, 7L);
        worker.forget();
        jdbc.sql("update incarnation set id = gen_random_uuid()").update();

        assertThatThrownBy(reconciler::sweep).isInstanceOf(TransientDataAccessException.class);
        assertThat(worker.pushesOf(pool)).isEmpty();

        assertThat(look(pool)).extracting(Push::id).contains(pool);
    }

    @Test
    void leavesARowThatMakesNoSenseAloneAndPushesTheOthers() {
        var pool = rows.pool();
        var broken = rows.loadBalancer();
        var alsoBroken = rows.loadBalancer();
        var good = rows.loadBalancer();
        rows.listener(broken, pool, 80, "[]");
        rows.listener(alsoBroken, pool, 80, "null");
        rows.listener(good, pool, 80, "{\"X-Forwarded-ELB-IP\": true}");

        assertThat(look(broken, alsoBroken, good)).extracting(Push::id).containsExactly(good);
    }
}
