package io.evenkeel.audit.event.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenTests {

    private static final int MOST = 60;

    /** Two looks at the same cluster: what the first includes the second does too. */
    private static Seen[] twoLooks(Random random) {
        long first = 3L + random.nextInt(MOST / 2);
        long second = first + random.nextInt(MOST / 2);
        var openFirst = LongStream.range(3, first).filter(id -> random.nextInt(4) == 0);
        var before = new Seen(first, openFirst.boxed().toList());
        var openSecond = LongStream.range(3, second).filter(id -> !before.includes(id) && random.nextInt(3) == 0);
        return new Seen[] {before, new Seen(second, openSecond.boxed().toList())};
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void onTheWayShowsTheLaterBelowAndTheEarlierFromThere(long seed) {
        var random = new Random(seed);
        for (int n = 0; n < 500; n++) {
            var looks = twoLooks(random);
            long here = 3L + random.nextInt(MOST);
            if (looks[0].includes(here) || !looks[1].includes(here)) {
                continue;
            }
            var way = looks[0].onTheWayTo(looks[1], here);
            for (long id = 3; id < MOST + 5; id++) {
                assertThat(way.includes(id))
                        .as("%s to %s at %d: %d", looks[0], looks[1], here, id)
                        .isEqualTo(id < here ? looks[1].includes(id) : looks[0].includes(id));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stepsComeToTheSameAsOne(long seed) {
        var random = new Random(seed);
        for (int n = 0; n < 500; n++) {
            var looks = twoLooks(random);
            var at = looks[0];
            for (long id = 3; id < looks[1].next(); id++) {
                if (!looks[0].includes(id) && looks[1].includes(id) && random.nextBoolean()) {
                    at = at.onTheWayTo(looks[1], id);
                    assertThat(at).isEqualTo(looks[0].onTheWayTo(looks[1], id));
                }
            }
        }
    }

    @Test
    void narrowedStaysShortAndLosesNothingThatIsSeen() {
        var many = new Seen(10_000, LongStream.range(100, 900).boxed().toList());

        var narrow = many.narrowed();

        assertThat(narrow.open()).hasSize(Seen.MOST_OPEN);
        assertThat(LongStream.range(1, 10_100).filter(narrow::includes)).allMatch(many::includes);
        assertThat(narrow.includes(99)).isTrue();
        assertThat(narrow.includes(1_000)).isFalse();
        assertThat(narrow.narrowed()).isEqualTo(narrow);
    }

    @Test
    void isWrittenAsPostgresWritesSnapshots() {
        for (var text : List.of("10:10:", "10:20:10,14,19", "1:1:")) {
            assertThat(Seen.parse(text)).map(Seen::text).contains(text);
        }
        // Its own transaction holds the beginning back and is not open.
        assertThat(Seen.parse("8:20:10")).map(Seen::text).contains("10:20:10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10:20",
                "0:0:",
                "10:20:14,10",
                "10:20:20",
                "10:20:10,",
                "10:20:10,10",
                "a:b:",
                "10:20:10;drop",
                "99999999999999999999:99999999999999999999:",
                "9999999999999999999:9999999999999999999:",
                "-1:5:"
            })
    void anyOtherTextIsNone(String text) {
        assertThat(Seen.parse(text)).isEmpty();
    }

    @Test
    void openOnesAscendBelowTheNext() {
        assertThatThrownBy(() -> new Seen(5, List.of(5L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Seen(9, List.of(7L, 6L))).isInstanceOf(IllegalArgumentException.class);
    }
}
