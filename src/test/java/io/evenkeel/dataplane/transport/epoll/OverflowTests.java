package io.evenkeel.dataplane.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverflowTests {

    private static final int CHUNK = 32 << 10;

    private final Overflow.Pool pool = new Overflow.Pool(3L * CHUNK);
    private final Map<String, Overflow> overflows = new HashMap<>();
    private final List<String> tooSlow = new ArrayList<>();

    private Overflow overflow(String name) {
        return overflows.computeIfAbsent(name, _ -> new Overflow(pool, () -> lose(name)));
    }

    private void append(String name, int chunks) {
        overflow(name).append(MemorySegment.ofArray(new byte[chunks * CHUNK]));
    }

    private void lose(String name) {
        tooSlow.add(name);
        overflow(name).clear();
    }

    @Test
    void takesTheMemoryOfWhoWaitsLongest() {
        append("first", 1);
        append("second", 1);
        append("third", 1);
        append("fourth", 1);
        assertThat(tooSlow).containsExactly("first");
        append("third", 1);
        assertThat(tooSlow).containsExactly("first", "second");
    }

    @Test
    void neverTakesTheMemoryOfWhoAsks() {
        append("only", 3);
        assertThatThrownBy(() -> append("only", 1)).isInstanceOf(OutOfMemoryError.class);
        assertThat(tooSlow).isEmpty();
    }

    @Test
    void forgetsWhoHoldsNothingAnyMore() {
        append("first", 1);
        overflow("first").clear();
        append("second", 3);
        append("third", 1);
        assertThat(tooSlow).containsExactly("second");
    }
}
