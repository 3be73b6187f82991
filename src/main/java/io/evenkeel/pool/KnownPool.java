package io.evenkeel.pool;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pool of the project as one read saw it, without a lock.
 *
 * @param effectiveVpcId the VPC its members are in; null for a pool that nothing has bound to a VPC yet
 * @param type {@code ""} (any member), {@code instance} or {@code ip}
 */
public record KnownPool(
        UUID id, PoolProtocol protocol, @Nullable String effectiveVpcId, String type, boolean anyPort) {}
