package io.evenkeel.dataplane.http.memory;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one loop, in two sizes; larger ones are made to measure. What was made is kept, and never more than a
 * limit: when it is reached, who has held a block longest without a further byte has to give it back. For the loop's
 * thread alone.
 */
public final class BlockPool {

    public static final int SMALL = 8 * 1024;
    public static final int LARGE = 64 * 1024;

    /** Someone who waits for more of a message and can be made to give up. */
    public interface Holder {

        /** Gives back every block it has, at once. Called by the pool, which has forgotten it. */
        void giveUp();
    }

    private final ArrayDeque<Block> small = new ArrayDeque<>();
    private final ArrayDeque<Block> large = new ArrayDeque<>();
    private final LinkedHashSet<Holder> holders = new LinkedHashSet<>();
    private final Block scratch = new Block(LARGE);
    private final long limit;
    private long made;

    /** @param limit bytes of all blocks together */
    public BlockPool(long limit) {
        this.limit = limit;
    }

    /** An empty block for what is written at once. */
    public Block scratch() {
        scratch.clear();
        return scratch;
    }

    /**
     * An empty block of at least that capacity.
     *
     * @throws NoBlockException when nobody who holds one can be made to give it back
     */
    public Block take(int capacity) {
        int size = capacity <= SMALL ? SMALL : Math.max(capacity, LARGE);
        var block = find(size);
        while (block == null && !holders.isEmpty()) {
            holders.removeFirst().giveUp();
            block = find(size);
        }
        if (block == null) {
            throw new NoBlockException();
        }
        return block;
    }

    private @Nullable Block find(int size) {
        var kept = size == SMALL ? small.pollLast() : size == LARGE ? large.pollLast() : null;
        return kept == null ? make(size) : kept;
    }

    private @Nullable Block make(int size) {
        var others = size == SMALL ? large : small;
        while (made + size > limit && !others.isEmpty()) {
            made -= others.removeLast().capacity();
        }
        if (made + size > limit) {
            return null;
        }
        made += size;
        return new Block(size);
    }

    /** Takes the block back; null is ignored. */
    public void give(@Nullable Block block) {
        if (block == null) {
            return;
        }
        block.clear();
        if (block.capacity() == SMALL) {
            small.addLast(block);
        } else if (block.capacity() == LARGE) {
            large.addLast(block);
        } else {
            made -= block.capacity();
        }
    }

    /** A block with the same bytes and at least that capacity; the old one is taken back. */
    public Block grow(Block block, int capacity) {
        var larger = take(capacity).append(block.segment(), 0, block.size());
        give(block);
        return larger;
    }

    /** From now on this one may be asked to give up, after all others that are there already. */
    public void hold(Holder holder) {
        holders.add(holder);
    }

    public void release(Holder holder) {
        holders.remove(holder);
    }
}
