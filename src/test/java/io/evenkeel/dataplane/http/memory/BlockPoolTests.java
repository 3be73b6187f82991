package io.evenkeel.dataplane.http.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockPoolTests {

    private final BlockPool pool = new BlockPool(2L * BlockPool.LARGE);

    @Test
    void lendsNoMoreThanItsLimit() {
        var first = pool.take(BlockPool.LARGE);
        pool.take(1);
        assertThatThrownBy(() -> pool.take(BlockPool.LARGE)).isInstanceOf(NoBlockException.class);
        pool.give(first);
        assertThat(pool.take(BlockPool.LARGE)).isSameAs(first);
    }

    @Test
    void makesOfKeptBlocksOfOneSizeRoomForTheOther() {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < 16; i++) {
            blocks.add(pool.take(BlockPool.SMALL));
        }
        assertThatThrownBy(() -> pool.take(1)).isInstanceOf(NoBlockException.class);
        blocks.forEach(pool::give);
        assertThat(pool.take(BlockPool.LARGE).capacity()).isEqualTo(BlockPool.LARGE);
        assertThat(pool.take(BlockPool.LARGE).capacity()).isEqualTo(BlockPool.LARGE);
        assertThatThrownBy(() -> pool.take(1)).isInstanceOf(NoBlockException.class);
    }

    @Test
    void countsBlocksMadeToMeasureWhileTheyAreLent() {
        var measured = pool.take(2 * BlockPool.LARGE);
        assertThatThrownBy(() -> pool.take(1)).isInstanceOf(NoBlockException.class);
        pool.give(measured);
        assertThat(pool.take(1).capacity()).isEqualTo(BlockPool.SMALL);
    }

    @Test
    void takesFromThoseWhoHoldLongestFirst() {
        var gaveUp = new ArrayList<String>();
        for (var name : List.of("first", "second", "third")) {
            if (name.equals("third")) {
                pool.give(pool.take(BlockPool.LARGE));
            }
            var block = pool.take(BlockPool.LARGE);
            pool.hold(() -> {
                gaveUp.add(name);
                pool.give(block);
            });
        }
        assertThat(gaveUp).containsExactly("first");
    }

    @Test
    void asksNobodyWhoWasReleased() {
        var block = pool.take(2 * BlockPool.LARGE);
        BlockPool.Holder holder = () -> pool.give(block);
        pool.hold(holder);
        pool.release(holder);
        assertThatThrownBy(() -> pool.take(1)).isInstanceOf(NoBlockException.class);
    }

    @Test
    void growsABlockWithItsBytes() {
        var grown = pool.grow(pool.take(1).append('a').append('b'), BlockPool.SMALL + 1);
        assertThat(grown.capacity()).isEqualTo(BlockPool.LARGE);
        assertThat(grown.size()).isEqualTo(2);
        assertThat(pool.take(1)).as("the old one is back").isNotNull();
    }
}
