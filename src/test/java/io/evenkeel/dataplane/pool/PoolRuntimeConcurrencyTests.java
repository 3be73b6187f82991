package io.evenkeel.dataplane.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loops that pick, attach and release while a control thread changes the pool under them. */
class PoolRuntimeConcurrencyTests {

    private static final int LOOPS = 3;
    private static final int UPDATES = 3_000;
    private static final int MEMBERS = 8;
    private static final int STAYS = 1;

    private final List<ManualLoop> loops = ManualLoop.many(LOOPS);
    private final PoolRuntime pool = new PoolRuntime(Pools.POOL, List.copyOf(loops));
    private final AtomicInteger updatesLeft = new AtomicInteger(UPDATES);

    @Test
    void losesNothingWhenTheSnapshotIsSwappedDuringPicks() throws Exception {
        pool.update(everybody(MEMBERS + 1), Pools.well(id -> true));
        try (var threads = Executors.newFixedThreadPool(LOOPS + 1)) {
            var sides = new ArrayList<Callable<Traffic>>();
            loops.forEach(loop -> sides.add(() -> new Traffic(loop).run()));
            var control = threads.submit(this::keepUpdating);
            var traffic = threads.invokeAll(sides);
            control.get();
            Map<UUID, Long> picks = new HashMap<>();
            for (var side : traffic) {
                side.get().picks.forEach((id, count) -> picks.merge(id, count, Long::sum));
            }
            for (int member = 1; member <= MEMBERS; member++) {
                assertThat(pool.activeCount(Pools.id(member))).isZero();
                assertThat(pool.pickedCount(Pools.id(member))).isEqualTo(picks.get(Pools.id(member)));
            }
        }
    }

    private @Nullable Void keepUpdating() {
        var random = new SplittableRandom(11);
        var algorithms = List.of(Algorithm.ROUND_ROBIN, Algorithm.LEAST_CONNECTIONS, Algorithm.SOURCE_IP);
        while (updatesLeft.get() > 1) {
            var members = new DesiredMember[MEMBERS];
            for (int i = 0; i < MEMBERS; i++) {
                var member = Pools.member(i + 1, i + 1 == STAYS ? 7 : random.nextInt(4));
                members[i] = i + 1 > STAYS && random.nextInt(5) == 0 ? Pools.stopped(member) : member;
            }
            var away = Pools.id(STAYS + 1 + random.nextInt(MEMBERS));
            pool.update(
                    Pools.pool(algorithms.get(random.nextInt(3)), true, members), Pools.well(id -> !id.equals(away)));
            updatesLeft.decrementAndGet();
        }
        pool.update(everybody(STAYS + 1), Pools.well(id -> true));
        updatesLeft.decrementAndGet();
        return null;
    }

    private static DesiredPool everybody(int firstStopped) {
        var members = new DesiredMember[MEMBERS];
        for (int i = 0; i < MEMBERS; i++) {
            var member = Pools.member(i + 1, 10);
            members[i] = i + 1 < firstStopped ? member : Pools.stopped(member);
        }
        return Pools.pool(members);
    }

    /** One loop's thread: connections come, hear, and go. One member stays, so a pick always finds somebody. */
    private final class Traffic {
        private final ManualLoop loop;
        private final Map<UUID, Long> picks = new HashMap<>();
        private final ArrayDeque<Session> open = new ArrayDeque<>();

        Traffic(ManualLoop loop) {
            this.loop = loop;
        }

        Traffic run() {
            var random = new SplittableRandom(loop.index());
            while (updatesLeft.get() > 0) {
                for (int i = 0; i < 50; i++) {
                    open(random.nextLong());
                    if (open.size() > 40) {
                        open.remove().close();
                    }
                }
                loop.turn();
            }
            loop.turn();
            for (var session : open) {
                assertThat(session.isCut).isNotEqualTo(session.member.id().equals(Pools.id(STAYS)));
                session.close();
            }
            return this;
        }

        private void open(long clientKey) {
            var member = Objects.requireNonNull(pool.pick(loop.index(), clientKey));
            picks.merge(member.id(), 1L, Long::sum);
            open.add(new Session(loop, member));
        }
    }

    private final class Session implements Member.Attachment {
        private final ManualLoop loop;
        private final Member member;
        private boolean isCut;

        Session(ManualLoop loop, Member member) {
            this.loop = loop;
            this.member = member;
            member.attach(loop.index(), this);
        }

        @Override
        public void onMemberLeft() {
            assertThat(loop.isCurrentThread()).isTrue();
        }

        @Override
        public void cut() {
            assertThat(loop.isCurrentThread()).isTrue();
            assertThat(isCut).isFalse();
            isCut = true;
            member.detach(loop.index(), this);
        }

        private void close() {
            member.detach(loop.index(), this);
            pool.release(loop.index(), member);
        }
    }
}
