package io.evenkeel.dataplane.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.desiredstate.Algorithm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIpPickerTests {

    private static final int CLIENTS = 50_000;

    private final PickerFactory factory = new PickerFactory(1, 5);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 100, 1_000})
    void movesOnlyTheClientsOfThoseAwayAndBringsThemBack(int members) {
        var candidates = Candidates.weighing(Candidates.randomWeights(new SplittableRandom(members), members));
        var before = memberOfEachClient(candidates);
        var someAway = new ArrayList<>(candidates);
        var away = new HashSet<UUID>();
        for (int i = 0; i < members / 2; i++) {
            someAway.set(i, Candidates.away(candidates.get(i)));
            away.add(candidates.get(i).id());
        }
        var during = memberOfEachClient(someAway);
        for (int client = 0; client < CLIENTS; client++) {
            if (away.contains(before.get(client))) {
                assertThat(away.contains(during.get(client))).isFalse();
            } else {
                assertThat(during.get(client)).isEqualTo(before.get(client));
            }
        }
        assertThat(memberOfEachClient(candidates)).isEqualTo(before);
    }

    @Test
    void movesNobodyElseWhenOneMoreGoesAway() {
        var candidates = new ArrayList<>(Candidates.weighing(Candidates.randomWeights(new SplittableRandom(1), 40)));
        var order = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
        Collections.shuffle(order, new Random(7));
        var before = memberOfEachClient(candidates);
        for (int next : order.subList(0, 39)) {
            candidates.set(next, Candidates.away(candidates.get(next)));
            var after = memberOfEachClient(candidates);
            for (int client = 0; client < CLIENTS; client++) {
                if (!before.get(client).equals(Candidates.id(next))) {
                    assertThat(after.get(client)).isEqualTo(before.get(client));
                }
            }
            before = after;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 12, 60, 500})
    void movesFewOthersWhenAMemberIsRemovedForGood(int members) {
        var candidates = Candidates.weighing(Candidates.randomWeights(new SplittableRandom(members), members));
        var before = memberOfEachClient(candidates);
        var gone = Candidates.id(members / 2);
        var after = memberOfEachClient(
                candidates.stream().filter(c -> !c.id().equals(gone)).toList());
        long moved = IntStream.range(0, CLIENTS)
                .filter(client -> !before.get(client).equals(gone))
                .filter(client -> !before.get(client).equals(after.get(client)))
                .count();
        assertThat(moved / (double) CLIENTS).isLessThan(0.05);
    }

    @Test
    void spreadsClientsEvenlyWhateverTheWeights() {
        var clients = new int[10];
        var picker = pickerOf(Candidates.weighing(100, 1, 50, 7, 8, 9, 100, 100, 2, 3));
        for (int client = 0; client < CLIENTS; client++) {
            clients[picker.pick(client)]++;
        }
        for (int count : clients) {
            assertThat(count).isBetween(CLIENTS / 10 * 9 / 10, CLIENTS / 10 * 11 / 10);
        }
    }

    @Test
    void doesNotDependOnTheOrderOfMembers() {
        var candidates = Candidates.weighing(5, 0, 3, 2, 9, 9, 1, 0, 4, 4, 4);
        var shuffled = new ArrayList<>(candidates);
        Collections.shuffle(shuffled, new Random(3));
        assertThat(memberOfEachClient(shuffled)).isEqualTo(memberOfEachClient(candidates));
    }

    @Test
    void doesNotDependOnWeightsAboveNothing() {
        assertThat(memberOfEachClient(Candidates.weighing(5, 0, 3, 2)))
                .isEqualTo(memberOfEachClient(Candidates.weighing(1, 0, 100, 50)))
                .doesNotContain(Candidates.id(1));
    }

    @Test
    void picksNobodyWhenNobodyIsThere() {
        assertThat(pickerOf(List.of()).pick(1)).isEqualTo(Picker.NONE);
        assertThat(pickerOf(Candidates.weighing(0, 0)).pick(1)).isEqualTo(Picker.NONE);
        assertThat(pickerOf(List.of(Candidates.away(Candidates.weighing(5).getFirst())))
                        .pick(1))
                .isEqualTo(Picker.NONE);
        assertThat(pickerOf(Candidates.weighing(5)).pick(1)).isZero();
        assertThat(pickerOf(Candidates.weighing(5)).pickOther(1, 0)).isEqualTo(Picker.NONE);
        assertThat(pickerOf(Candidates.weighing(5)).pickOther(1, Picker.NONE)).isZero();
    }

    @Test
    void sendsAClientOfAFailedMemberWhereItWouldGoIfThatWereAway() {
        var candidates = Candidates.weighing(5, 5, 5, 5);
        var picker = pickerOf(candidates);
        for (int client = 0; client < 1_000; client++) {
            int failed = picker.pick(client);
            var withoutFailed = new ArrayList<>(candidates);
            withoutFailed.set(failed, Candidates.away(candidates.get(failed)));
            assertThat(picker.pickOther(client, failed))
                    .isEqualTo(pickerOf(withoutFailed).pick(client));
            int alsoFailed = picker.pickOther(client, failed);
            withoutFailed.set(alsoFailed, Candidates.away(candidates.get(alsoFailed)));
            assertThat(picker.pickOther(client, failed, alsoFailed))
                    .isEqualTo(pickerOf(withoutFailed).pick(client));
        }
    }

    @Test
    void hasAPrimeSizeThatChangesOnlyWhenMembersDouble() {
        assertThat(IntStream.of(1, 7, 8, 15, 16, 31, 1_000, 10_000).map(MaglevTable::sizeFor))
                .containsExactly(1_021, 1_021, 2_053, 2_053, 4_091, 4_091, 130_693, 1_045_507);
        for (int members = 1; members < 20_000; members += 13) {
            assertThat(MaglevTable.sizeFor(members))
                    .isGreaterThanOrEqualTo(Math.max(1_021, (members > 8_000 ? 100 : 128) * members));
        }
    }

    @Test
    void refusesMoreMembersThanItsTableCanName() {
        var tooMany = Candidates.weighing(new int[Character.MAX_VALUE]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.build(Algorithm.SOURCE_IP, tooMany))
                .withMessageContaining("65535");
    }

    private Picker pickerOf(List<Candidate> candidates) {
        return factory.build(Algorithm.SOURCE_IP, candidates).getFirst();
    }

    private List<UUID> memberOfEachClient(List<Candidate> candidates) {
        var picker = pickerOf(candidates);
        return IntStream.range(0, CLIENTS)
                .mapToObj(client -> candidates.get(picker.pick(client)).id())
                .toList();
    }
}
