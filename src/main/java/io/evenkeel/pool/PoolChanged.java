package io.evenkeel.pool;

import java.util.UUID;

/** A pool was created, advanced or deleted; published in the transaction that does it. */
public record PoolChanged(UUID id, long generation) {}
