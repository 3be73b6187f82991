package io.evenkeel.dataplane.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolRuntimeTests {

    private final List<ManualLoop> loops = ManualLoop.many(2);
    private final PoolRuntime pool = new PoolRuntime(Pools.POOL, List.copyOf(loops));

    @Test
    void picksNobodyBeforeTheFirstUpdateAndAfterClosing() {
        assertThat(pool.pick(0, 1)).isNull();
        pool.update(Pools.pool(Pools.member(1, 1)), PoolRuntimeTests::always);
        assertThat(pool.pick(0, 1)).isNotNull();
        pool.close();
        pool.close();
        assertThat(pool.pick(0, 1)).isNull();
        assertThatIllegalStateException().isThrownBy(() -> pool.update(Pools.pool(), PoolRuntimeTests::always));
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"})
    void picksOnlyWhatTakesNewTraffic(Algorithm algorithm) {
        var members = new DesiredMember[] {
            Pools.member(1, 5), Pools.member(2, 0), Pools.stopped(Pools.member(3, 5)), Pools.member(4, 5)
        };
        pool.update(Pools.pool(algorithm, true, members), Pools.well(id -> !id.equals(Pools.id(4))));
        assertThat(pickMany(0, 200)).containsOnlyKeys(Pools.id(1));
        var only = take(0, 7);
        assertThat(only.address()).isEqualTo(new InetSocketAddress("127.7.0.1", 8080));
        assertThat(pool.pickOther(0, 7, List.of(only))).isNull();
        pool.release(0, only);
        pool.update(Pools.pool(algorithm, false, members), PoolRuntimeTests::always);
        assertThat(pool.pick(0, 7)).isNull();
        pool.update(Pools.pool(algorithm, true, members), PoolRuntimeTests::always);
        assertThat(pickMany(1, 200)).containsOnlyKeys(Pools.id(1), Pools.id(4));
        assertThat(pool.pickOther(0, 7, List.of(only))).returns(Pools.id(4), Member::id);
    }

    @Test
    void saysWhetherAnyoneServes() {
        assertThat(pool.isServing()).isFalse();
        var members = new DesiredMember[] {Pools.member(1, 5), Pools.member(2, 0)};
        pool.update(Pools.pool(members), PoolRuntimeTests::always);
        assertThat(pool.isServing()).isTrue();
        pool.update(Pools.pool(members), Pools.well(id -> id.equals(Pools.id(2))));
        assertThat(pool.isServing()).as("weight 0 alone").isFalse();
        pool.update(Pools.pool(members), Pools.well(id -> id.equals(Pools.id(1))));
        assertThat(pool.isServing()).isTrue();
        pool.close();
        assertThat(pool.isServing()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"})
    void triesEveryMemberOnceAndThenNobody(Algorithm algorithm) {
        pool.update(
                Pools.pool(algorithm, true, Pools.member(1, 100), Pools.member(2, 1), Pools.member(3, 1)),
                PoolRuntimeTests::always);
        for (int client = 0; client < 100; client++) {
            var tried = new ArrayList<Member>();
            for (var next = pool.pick(0, client); next != null; next = pool.pickOther(0, client, tried)) {
                tried.add(next);
                pool.release(0, next);
            }
            assertThat(tried).extracting(Member::id).containsExactlyInAnyOrder(Pools.id(1), Pools.id(2), Pools.id(3));
        }
        assertThat(pool.activeCount(Pools.id(1))).isZero();
    }

    @Test
    void carriesCountsOverAWeightChange() {
        pool.update(Pools.pool(Pools.member(1, 5), Pools.member(2, 5)), PoolRuntimeTests::always);
        var held = new ArrayList<Member>();
        for (int i = 0; i < 10; i++) {
            held.add(take(i % 2, 0));
        }
        pool.update(
                Pools.pool(Algorithm.LEAST_CONNECTIONS, true, Pools.member(1, 5), Pools.member(2, 50)),
                PoolRuntimeTests::always);
        assertThat(pool.activeCount(Pools.id(1))).isEqualTo(5);
        assertThat(pool.pickedCount(Pools.id(2))).isEqualTo(5);
        for (int i = 0; i < 10; i++) {
            pool.release(i % 2, held.get(i));
        }
        assertThat(pool.activeCount(Pools.id(1))).isZero();
        assertThat(pool.activeCount(Pools.id(2))).isZero();
        assertThat(pool.pickedCount(Pools.id(1))).isEqualTo(5);
    }

    @Test
    void goesOnInItsCycleWhenAnUpdateChangesNothingForPicks() {
        var desired = Pools.pool(Pools.member(1, 5), Pools.member(2, 3), Pools.member(3, 2));
        var counts = new HashMap<UUID, Integer>();
        for (int i = 0; i < 1_000; i++) {
            pool.update(desired, PoolRuntimeTests::always);
            counts.merge(take(0, 0).id(), 1, Integer::sum);
        }
        assertThat(counts).isEqualTo(Map.of(Pools.id(1), 500, Pools.id(2), 300, Pools.id(3), 200));
    }

    @Test
    void doesNotHerdWhenEveryPickIsFollowedByAChange() {
        var counts = new HashMap<UUID, Integer>();
        for (int i = 0; i < 4_000; i++) {
            pool.update(
                    Pools.pool(Pools.member(1, 20), Pools.member(2, 20), Pools.member(3, 1 + i % 2)),
                    PoolRuntimeTests::always);
            counts.merge(take(0, 0).id(), 1, Integer::sum);
        }
        assertThat(counts.get(Pools.id(1))).isBetween(1_750, 2_150);
        assertThat(counts.get(Pools.id(2))).isBetween(1_750, 2_150);
        assertThat(counts.get(Pools.id(3))).isBetween(90, 200);
    }

    @Test
    void tellsConnectionsOnTheirLoopOnceThatTheirMemberLeft() {
        pool.update(Pools.pool(Pools.member(1, 5), Pools.member(2, 5)), PoolRuntimeTests::always);
        var first = attach(0, pickId(0, 1));
        var second = attach(1, pickId(1, 1));
        var other = attach(1, pickId(1, 2));
        pool.update(Pools.pool(Pools.member(1, 0), Pools.member(2, 5)), PoolRuntimeTests::always);
        assertThat(first.heard).isEmpty();
        loops.get(0).turn();
        assertThat(first.heard).containsExactly("left");
        assertThat(second.heard).isEmpty();
        loops.get(1).turn();
        assertThat(second.heard).containsExactly("left");
        assertThat(second.member.takesNew(1)).isFalse();
        pool.update(Pools.pool(Pools.member(2, 5)), PoolRuntimeTests::always);
        pool.update(Pools.pool(Pools.member(2, 5)), PoolRuntimeTests::always);
        loops.forEach(ManualLoop::turn);
        assertThat(first.heard).containsExactly("left");
        assertThat(second.heard).containsExactly("left");
        assertThat(other.heard).isEmpty();
        assertThat(other.member.takesNew(1)).isTrue();
    }

    @Test
    void cutsConnectionsOfAStoppedServerEvenAfterItsMemberLeft() {
        pool.update(Pools.pool(Pools.member(1, 5), Pools.member(2, 5)), PoolRuntimeTests::always);
        var healthy = attach(0, pickId(0, 1));
        var unhealthy = attach(1, pickId(1, 2));
        pool.update(Pools.pool(Pools.member(1, 5), Pools.member(2, 5)), Pools.well(id -> id.equals(Pools.id(1))));
        pool.update(
                Pools.pool(Pools.stopped(Pools.member(1, 5)), Pools.stopped(Pools.member(2, 5))),
                PoolRuntimeTests::always);
        loops.forEach(ManualLoop::turn);
        assertThat(healthy.heard).containsExactly("cut");
        assertThat(unhealthy.heard).containsExactly("left", "cut");
        pool.update(Pools.pool(Pools.member(1, 5), Pools.member(2, 5)), Pools.well(id -> false));
        loops.forEach(ManualLoop::turn);
        assertThat(healthy.heard).containsExactly("cut");
        assertThat(unhealthy.heard).containsExactly("left", "cut");
    }

    @Test
    void tellsAConnectionThatComesAfterItsMemberLeft() {
        pool.update(Pools.pool(Pools.member(1, 5)), PoolRuntimeTests::always);
        var member = pickId(0, 1);
        pool.update(Pools.pool(Pools.stopped(Pools.member(1, 5))), PoolRuntimeTests::always);
        loops.getFirst().turn();
        var late = attach(0, member);
        assertThat(late.heard).isEmpty();
        loops.getFirst().turn();
        assertThat(late.heard).containsExactly("cut");
        var gone = attach(0, member);
        member.detach(0, gone);
        loops.getFirst().turn();
        assertThat(gone.heard).isEmpty();
    }

    @Test
    void treatsAMemberUnderAnotherAddressAsAnother() {
        pool.update(Pools.pool(Pools.member(1, 5)), PoolRuntimeTests::always);
        var old = attach(0, pickId(0, 1));
        pool.update(Pools.pool(Pools.at(Pools.member(1, 5), 9090)), PoolRuntimeTests::always);
        loops.getFirst().turn();
        assertThat(old.heard).containsExactly("left");
        var now = take(0, 0);
        assertThat(now).isNotSameAs(old.member);
        assertThat(now.address().getPort()).isEqualTo(9090);
        assertThat(pool.activeCount(Pools.id(1))).isEqualTo(1);
        pool.release(0, old.member);
        assertThat(pool.activeCount(Pools.id(1))).isEqualTo(1);
        assertThat(pool.pickOther(0, 0, List.of(old.member))).isSameAs(now);
    }

    @Test
    void letsSessionsLiveOnWhenThePoolGoes() {
        pool.update(Pools.pool(Pools.member(1, 5)), PoolRuntimeTests::always);
        var session = attach(0, pickId(0, 1));
        pool.close();
        loops.getFirst().turn();
        assertThat(session.heard).containsExactly("left");
        pool.release(0, session.member);
    }

    @Test
    void staysAsItWasWhenTheNewStateCannotBeServed() {
        pool.update(Pools.pool(Pools.member(1, 5)), PoolRuntimeTests::always);
        var named = new DesiredMember(Pools.id(2), "backend.example", 80, 1, "az1", true);
        assertThatIllegalArgumentException().isThrownBy(() -> pool.update(Pools.pool(named), PoolRuntimeTests::always));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.update(
                        Pools.pool(Algorithm.QUIC_CID, true, Pools.member(2, 1)), PoolRuntimeTests::always));
        assertThat(pickMany(0, 10)).containsOnlyKeys(Pools.id(1));
    }

    @Test
    void keepsEveryClientsMemberOverAFlap() {
        var members = new DesiredMember[20];
        for (int i = 0; i < members.length; i++) {
            members[i] = Pools.member(i + 1, i + 1);
        }
        var desired = Pools.pool(Algorithm.SOURCE_IP, true, members);
        pool.update(desired, PoolRuntimeTests::always);
        var before = membersOfClients();
        pool.update(desired, Pools.well(id -> !id.equals(Pools.id(7))));
        var during = membersOfClients();
        pool.update(desired, PoolRuntimeTests::always);
        assertThat(membersOfClients()).isEqualTo(before);
        for (int client = 0; client < before.size(); client++) {
            if (before.get(client).equals(Pools.id(7))) {
                assertThat(during.get(client)).isNotEqualTo(Pools.id(7));
            } else {
                assertThat(during.get(client)).isEqualTo(before.get(client));
            }
        }
    }

    private List<UUID> membersOfClients() {
        var members = new ArrayList<UUID>();
        for (int client = 0; client < 5_000; client++) {
            var member = take(client % 2, client);
            members.add(member.id());
            pool.release(client % 2, member);
        }
        return members;
    }

    private static Health always(UUID id) {
        return Health.WELL;
    }

    private Member take(int loop, long clientKey) {
        return Objects.requireNonNull(pool.pick(loop, clientKey));
    }

    private Map<UUID, Integer> pickMany(int loop, int picks) {
        var counts = new HashMap<UUID, Integer>();
        for (int i = 0; i < picks; i++) {
            var member = take(loop, i);
            counts.merge(member.id(), 1, Integer::sum);
            pool.release(loop, member);
        }
        return counts;
    }

    private Member pickId(int loop, int number) {
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            var member = take(loop, i);
            if (member.id().equals(Pools.id(number))) {
                return member;
            }
            seen.add(member.id());
        }
        throw new AssertionError("only " + seen);
    }

    private static Ear attach(int loop, Member member) {
        var ear = new Ear(member);
        member.attach(loop, ear);
        return ear;
    }

    private static final class Ear implements Member.Attachment {
        private final Member member;
        private final List<String> heard = new ArrayList<>();

        Ear(Member member) {
            this.member = member;
        }

        @Override
        public void onMemberLeft() {
            heard.add("left");
        }

        @Override
        public void cut() {
            heard.add("cut");
        }
    }
}
