package io.evenkeel.dataplane.http.memory;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The blocks of one loop, in two sizes; larger ones are made to measure and not kept. For the loop's thread alone. */
public final class BlockPool {

    public static final int SMALL = 8 * 1024;
    public static final int LARGE = 64 * 1024;
    private static final int KEPT_SMALL = 256;
    private static final int KEPT_LARGE = 32;

    private final ArrayDeque<Block> small = new ArrayDeque<>();
    private final ArrayDeque<Block> large = new ArrayDeque<>();

    /** An empty block of at least that capacity. */
    public Block take(int capacity) {
        if (capacity <= SMALL) {
            return take(small, SMALL);
        }
        return capacity <= LARGE ? take(large, LARGE) : new Block(capacity);
    }

    private static Block take(ArrayDeque<Block> kept, int capacity) {
        var block = kept.pollLast();
        return block == null ? new Block(capacity) : block;
    }

    /** Takes the block back; null is ignored. */
    public void give(@Nullable Block block) {
        if (block == null) {
            return;
        }
        block.clear();
        if (block.capacity() == SMALL && small.size() < KEPT_SMALL) {
            small.addLast(block);
        } else if (block.capacity() == LARGE && large.size() < KEPT_LARGE) {
            large.addLast(block);
        }
    }

    /** A block with the same bytes and at least that capacity; the old one is taken back. */
    public Block grow(Block block, int capacity) {
        var larger = take(capacity).append(block.segment(), 0, block.size());
        give(block);
        return larger;
    }
}
