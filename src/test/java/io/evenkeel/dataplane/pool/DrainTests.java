package io.evenkeel.dataplane.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.pool.eligible.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long what is under way at a member that leaves goes on. */
class DrainTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<ManualLoop> loops = ManualLoop.many(2);
    private final PoolRuntime pool = new PoolRuntime(
            Pools.POOL,
            List.copyOf(loops),
            Optional.empty(),
            () -> loops.getFirst().nanoTime());

    private static Health well(UUID id) {
        return Health.WELL;
    }

    private void turn() {
        loops.forEach(ManualLoop::turn);
    }

    private void pass(int seconds) {
        loops.forEach(loop -> loop.pass(Duration.ofSeconds(seconds)));
    }

    private Ear connect(int loop) {
        var member = Objects.requireNonNull(pool.pick(loop, 1));
        var ear = new Ear(loop, member);
        member.attach(loop, ear);
        return ear;
    }

    private void serve() {
        pool.update(Pools.draining(LIMIT, Pools.member(1, 5)), DrainTests::well);
    }

    @Test
    void connectionsOfAMemberWithoutWeightAreCutOnTimeOnEachLoop() {
        serve();
        var first = connect(0);
        var second = connect(1);
        pool.update(Pools.draining(LIMIT, Pools.member(1, 0)), DrainTests::well);
        turn();
        pass(9);
        assertThat(first.heard).containsExactly("left");
        assertThat(second.heard).containsExactly("left");
        pass(1);
        assertThat(first.heard).containsExactly("left", "cut");
        assertThat(second.heard).containsExactly("left", "cut");
        assertThat(loops).allMatch(loop -> loop.timers() == 0);
    }

    @Test
    void soAreThoseOfOneThatFailsIsRemovedOrGoesWithItsPool() {
        var ends = List.<Runnable>of(
                () -> pool.update(Pools.draining(LIMIT, Pools.member(1, 5)), id -> Health.FAILING),
                () -> pool.update(Pools.draining(LIMIT), DrainTests::well),
                () -> pool.update(Pools.draining(LIMIT, Pools.at(Pools.member(1, 5), 9090)), DrainTests::well),
                pool::close);
        for (var end : ends) {
            serve();
            var ear = connect(0);
            end.run();
            turn();
            pass(9);
            assertThat(ear.heard).containsExactly("left");
            pass(1);
            assertThat(ear.heard).containsExactly("left", "cut");
        }
    }

    @Test
    void whatEndsEarlierLeavesNoTimerBehind() {
        serve();
        var ear = connect(0);
        pool.update(Pools.draining(LIMIT), DrainTests::well);
        turn();
        assertThat(loops.getFirst().timers()).isOne();
        ear.end();
        assertThat(loops.getFirst().timers()).isZero();
        pass(20);
        assertThat(ear.heard).containsExactly("left");
    }

    @Test
    void aMemberThatReturnsKeepsItsConnections() {
        serve();
        var ear = connect(0);
        for (int round = 0; round < 3; round++) {
            pool.update(Pools.draining(LIMIT, Pools.member(1, 5)), id -> Health.FAILING);
            turn();
            pass(9);
            serve();
            turn();
            pass(9);
        }
        assertThat(ear.heard).containsExactly("left", "left", "left");
        assertThat(loops.getFirst().timers()).isZero();
    }

    @Test
    void theTimeCountsFromWhenItLeftWhateverChangesMeanwhile() {
        serve();
        var ear = connect(0);
        pool.update(Pools.draining(LIMIT, Pools.member(1, 0)), DrainTests::well);
        turn();
        pass(4);
        pool.update(Pools.draining(LIMIT, Pools.member(1, 0), Pools.member(2, 1)), id -> Health.FAILING);
        turn();
        pass(4);
        pool.update(Pools.draining(LIMIT, Pools.member(2, 1)), DrainTests::well);
        turn();
        pass(1);
        assertThat(ear.heard).containsExactly("left");
        pass(1);
        assertThat(ear.heard).containsExactly("left", "cut");
    }

    @Test
    void aLimitThatChangesWhileItLeavesHoldsAtOnce() {
        serve();
        var ear = connect(0);
        pool.update(Pools.pool(Pools.member(1, 0)), DrainTests::well);
        turn();
        pass(100);
        assertThat(ear.heard).containsExactly("left");
        pool.update(Pools.draining(Duration.ofSeconds(105), Pools.member(1, 0)), DrainTests::well);
        turn();
        pass(4);
        assertThat(ear.heard).containsExactly("left");
        pool.update(Pools.draining(Duration.ofSeconds(110), Pools.member(1, 0)), DrainTests::well);
        turn();
        pass(4);
        assertThat(ear.heard).containsExactly("left");
        pool.update(Pools.draining(Duration.ofSeconds(20), Pools.member(1, 0)), DrainTests::well);
        turn();
        pass(0);
        assertThat(ear.heard).containsExactly("left", "cut");
    }

    @Test
    void whoStopsIsCutAtOnceWhateverTheLimit() {
        serve();
        var ear = connect(0);
        pool.update(Pools.draining(LIMIT, Pools.member(1, 0)), DrainTests::well);
        turn();
        pool.update(Pools.draining(LIMIT, Pools.stopped(Pools.member(1, 0))), DrainTests::well);
        turn();
        assertThat(ear.heard).containsExactly("left", "cut");
        ear.end();
        assertThat(loops.getFirst().timers()).isZero();
    }

    @Test
    void whoComesToAMemberThatIsLeavingIsCutWithTheOthers() {
        serve();
        var member = Objects.requireNonNull(pool.pick(0, 1));
        pool.update(Pools.draining(LIMIT, Pools.member(1, 0)), DrainTests::well);
        turn();
        pass(9);
        var late = new Ear(0, member);
        member.attach(0, late);
        turn();
        assertThat(late.heard).containsExactly("left");
        pass(1);
        assertThat(late.heard).containsExactly("left", "cut");
        var later = new Ear(0, member);
        member.attach(0, later);
        pass(0);
        assertThat(later.heard).contains("cut");
    }

    @Test
    void whoOnlyLetsOthersGoFirstKeepsItsConnections() {
        var standby = Pools.standby(Pools.member(2, 5));
        var desired = Pools.draining(LIMIT, Pools.member(1, 5), standby);
        pool.update(desired, Pools.well(id -> id.equals(standby.id())));
        var ear = connect(0);
        assertThat(ear.member.id()).isEqualTo(standby.id());
        pool.update(desired, DrainTests::well);
        turn();
        pass(1_000);
        assertThat(ear.heard).containsExactly("left");
        assertThat(connect(0).member.id()).isEqualTo(Pools.id(1));
        pool.update(desired, Pools.well(id -> id.equals(Pools.id(1))));
        turn();
        pass(9);
        assertThat(ear.heard).containsExactly("left");
        pass(1);
        assertThat(ear.heard).containsExactly("left", "cut");
    }

    @Test
    void aLimitThatRunsIsLookedAtAgainUntilItIsOver() {
        serve();
        assertThat(pool.isAnyTimeRunning()).isFalse();
        var leaving = Pools.draining(LIMIT, Pools.member(1, 0));
        pool.update(leaving, DrainTests::well);
        assertThat(pool.isAnyTimeRunning()).isTrue();
        pass(10);
        pool.update(leaving, DrainTests::well);
        assertThat(pool.isAnyTimeRunning()).isFalse();
    }

    private static final class Ear implements Member.Attachment {
        private final int loop;
        private final Member member;
        private final List<String> heard = new ArrayList<>();

        Ear(int loop, Member member) {
            this.loop = loop;
            this.member = member;
        }

        @Override
        public void onMemberLeft() {
            heard.add("left");
        }

        @Override
        public void cut() {
            heard.add("cut");
            end();
        }

        private void end() {
            member.detach(loop, this);
        }
    }
}
