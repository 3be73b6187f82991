package io.evenkeel.dataplane.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredStickiness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are known by their address, by the member that each lands at. */
class StickySourcesTests {

    private static final int CLIENTS = 200;

    private final List<ManualLoop> loops = ManualLoop.many(2);
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private final PoolRuntime pool = new PoolRuntime(Pools.POOL, List.copyOf(loops), () -> now);

    private static boolean all(UUID id) {
        return true;
    }

    private static DesiredPool sticky(Algorithm algorithm, DesiredMember... members) {
        return Pools.sticky(
                Pools.pool(algorithm, true, members), DesiredStickiness.Type.SOURCE_IP, "", Duration.ofMinutes(1));
    }

    private static DesiredPool sticky(DesiredMember... members) {
        return sticky(Algorithm.ROUND_ROBIN, members);
    }

    private static DesiredMember[] members(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> Pools.member(n, 1)).toArray(DesiredMember[]::new);
    }

    /** As a proxy does it. */
    private @Nullable UUID ask(int loop, long client) {
        var kept = pool.pickKept(loop, client);
        var member = kept == null ? pool.pick(loop, client) : kept;
        if (member == null) {
            return null;
        }
        pool.release(loop, member, client);
        return member.id();
    }

    private Map<Long, UUID> askAll() {
        var homes = new HashMap<Long, UUID>();
        for (long client = 0; client < CLIENTS; client++) {
            homes.put(client, ask((int) (client % 2), client));
        }
        return homes;
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"})
    void aClientStaysWhicheverLoopItComesTo(Algorithm algorithm) {
        pool.update(sticky(algorithm, members(5)), Pools.well(StickySourcesTests::all));
        var homes = askAll();
        for (int round = 0; round < 5; round++) {
            for (long client = 0; client < CLIENTS; client++) {
                assertThat(ask(round % 2, client)).isEqualTo(homes.get(client));
            }
        }
        assertThat(homes.values()).contains(Pools.id(1), Pools.id(2), Pools.id(3), Pools.id(4), Pools.id(5));
    }

    @Test
    void aClientStaysThroughChangesOfWeights() {
        pool.update(sticky(members(3)), Pools.well(StickySourcesTests::all));
        var homes = askAll();
        for (int weight : new int[] {100, 7, 0}) {
            pool.update(
                    sticky(Pools.member(1, weight), Pools.member(2, 1), Pools.member(3, 50)),
                    Pools.well(StickySourcesTests::all));
            assertThat(askAll()).isEqualTo(homes);
        }
    }

    @Test
    void aMemberOfWeightZeroGetsNobodyNewAndLosesItsClientsInTheirTime() {
        pool.update(sticky(members(2)), Pools.well(StickySourcesTests::all));
        var homes = askAll();
        pool.update(sticky(Pools.member(1, 0), Pools.member(2, 1)), Pools.well(StickySourcesTests::all));
        for (long client = 1_000; client < 1_200; client++) {
            assertThat(ask(0, client)).isEqualTo(Pools.id(2));
        }
        now = now.plusSeconds(30);
        assertThat(askAll()).isEqualTo(homes);
        now = now.plusSeconds(31);
        assertThat(askAll().values()).containsOnly(Pools.id(2));
    }

    @Test
    void aClientStaysThroughLossAndReturnOfOthersAndSettlesWhenItsOwnMemberIsLost() {
        pool.update(sticky(members(4)), Pools.well(StickySourcesTests::all));
        var homes = askAll();
        Predicate<UUID> withoutFirst = id -> !id.equals(Pools.id(1));
        pool.update(sticky(members(4)), Pools.well(withoutFirst));
        var moved = askAll();
        homes.forEach((client, home) -> {
            if (home.equals(Pools.id(1))) {
                assertThat(moved.get(client)).isNotEqualTo(home);
            } else {
                assertThat(moved.get(client)).isEqualTo(home);
            }
        });
        assertThat(askAll()).isEqualTo(moved);
        pool.update(sticky(members(4)), Pools.well(StickySourcesTests::all));
        assertThat(askAll()).as("after its return").isEqualTo(moved);
        pool.update(sticky(members(6)), Pools.well(StickySourcesTests::all));
        assertThat(askAll()).as("after others came").isEqualTo(moved);
    }

    @Test
    void aClientSettlesWhereItWentWhenItsMemberCouldNotBeReached() {
        pool.update(sticky(members(3)), Pools.well(StickySourcesTests::all));
        for (long client = 0; client < CLIENTS; client++) {
            var first = requireNonNull(pool.pick(0, client));
            var other = requireNonNull(pool.pickOther(0, client, List.of(first)));
            assertThat(other).isNotEqualTo(first);
            pool.release(0, first, client);
            pool.release(0, other, client);
            assertThat(ask(1, client)).isEqualTo(other.id());
        }
    }

    @Test
    void aMemberUnderAnotherAddressIsAnotherMember() {
        pool.update(sticky(Pools.member(1, 1), Pools.member(2, 0)), Pools.well(StickySourcesTests::all));
        assertThat(ask(0, 5)).isEqualTo(Pools.id(1));
        pool.update(
                sticky(Pools.at(Pools.member(1, 0), 9090), Pools.member(2, 1)), Pools.well(StickySourcesTests::all));
        assertThat(ask(0, 5)).isEqualTo(Pools.id(2));
    }

    @Test
    void aClientIsForgottenAfterItsTimeAndKeptWhileItComes() {
        pool.update(sticky(Pools.member(1, 1), Pools.member(2, 0)), Pools.well(StickySourcesTests::all));
        assertThat(ask(0, 5)).isEqualTo(Pools.id(1));
        pool.update(sticky(Pools.member(1, 1), Pools.member(2, 100)), Pools.well(StickySourcesTests::all));
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(59);
            assertThat(ask(i % 2, 5)).isEqualTo(Pools.id(1));
        }
        now = now.plusSeconds(61);
        assertThat(pool.pickKept(0, 5)).isNull();
    }

    @Test
    void aSessionThatLastsKeepsItsClientFromItsEnd() {
        pool.update(sticky(members(2)), Pools.well(StickySourcesTests::all));
        var home = requireNonNull(pool.pick(0, 5));
        now = now.plusSeconds(50);
        pool.release(0, home, 5);
        now = now.plusSeconds(50);
        assertThat(pool.pickKept(1, 5)).isEqualTo(home);
    }

    @Test
    void switchingItOnAndOffLosesNoPick() {
        pool.update(Pools.pool(members(2)), Pools.well(StickySourcesTests::all));
        assertThat(pool.pickKept(0, 5)).isNull();
        var before = requireNonNull(pool.pick(0, 5));
        pool.update(sticky(members(2)), Pools.well(StickySourcesTests::all));
        pool.release(0, before, 5);
        var home = ask(0, 5);
        assertThat(ask(1, 5)).isEqualTo(home);
        pool.update(Pools.pool(members(2)), Pools.well(StickySourcesTests::all));
        assertThat(pool.pickKept(0, 5)).isNull();
        assertThat(pool.activeCount(Pools.id(1)) + pool.activeCount(Pools.id(2)))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyPickIsReleasedWhateverChanges(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            var members = IntStream.rangeClosed(1, 5)
                    .mapToObj(n -> Pools.member(n, random.nextInt(3)))
                    .toArray(DesiredMember[]::new);
            int away = random.nextInt(8);
            pool.update(
                    random.nextInt(4) == 0 ? Pools.pool(members) : sticky(members),
                    Pools.well(id -> !id.equals(Pools.id(away))));
            for (int i = 0; i < 20; i++) {
                ask(random.nextInt(2), random.nextInt(50));
            }
        }
        for (int n = 1; n <= 5; n++) {
            assertThat(pool.activeCount(Pools.id(n))).isZero();
        }
    }
}
