package io.evenkeel.audit.event.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTests {

    private static final UUID EVENT = UUID.fromString("0199a3c2-92e6-7c55-aa8b-e348e4d9260d");

    @Test
    void comesBackAsItWasGivenOut() {
        var seen = new Seen(1042, List.of(1030L, 1041L));
        for (var position : List.of(
                new Position("5be8dd9f", seen, null), new Position("5be8dd9f", seen, new Position.Last(1030, EVENT)))) {
            assertThat(Position.parse(position.text())).contains(position);
            assertThat(position.text()).matches("[0-9a-f.:,-]+");
        }
    }

    @Test
    void fitsAHeaderHoweverManyTransactionsAreOpen() {
        long far = Long.MAX_VALUE - 100_000;
        var crowded = new Seen(
                        far + 50_000, LongStream.range(far, far + 5_000).boxed().toList())
                .narrowed();
        var position = new Position("5be8dd9f", crowded, new Position.Last(far, EVENT));

        assertThat(position.text()).hasSizeLessThan(2_500);
        assertThat(Position.parse(position.text())).contains(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5be8dd9f",
                "5be8dd9f.",
                "5be8dd9f.1042",
                "5be8dd9f.1042:1042:.",
                "5be8dd9f.1042:1042:.1030",
                "5be8dd9f.1042:1042:.1030.not-an-event-not-an-event-not-an-eve",
                "5be8dd9f.1042:1042:.9999999999999999999.0199a3c2-92e6-7c55-aa8b-e348e4d9260d",
                "5BE8DD9F.1042:1042:",
                "5be8dd9f.1042:1042:\n",
                "0199a3c2-92e6-7c55-aa8b-e348e4d9260d"
            })
    void anyOtherTextIsNone(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }

    @Test
    void aLongTextIsNone() {
        assertThat(Position.parse("5be8dd9f.1:999999:" + "1,".repeat(4_000) + "5"))
                .isEmpty();
    }
}
