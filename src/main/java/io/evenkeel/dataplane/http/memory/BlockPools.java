package io.evenkeel.dataplane.http.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pools of blocks of a worker: one for each loop, shared by all its listeners. Safe to ask from any thread. */
public final class BlockPools {

    private final long bytesPerLoop;
    private final Map<Integer, BlockPool> pools = new ConcurrentHashMap<>();

    /** @param bytesPerLoop what the blocks of one loop may take together */
    public BlockPools(long bytesPerLoop) {
        this.bytesPerLoop = bytesPerLoop;
    }

    /** For that loop's thread alone. */
    public BlockPool of(int loop) {
        return pools.computeIfAbsent(loop, _ -> new BlockPool(bytesPerLoop));
    }
}
