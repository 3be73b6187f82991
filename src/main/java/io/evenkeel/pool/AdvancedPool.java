package io.evenkeel.pool;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pool as its advance left it. Its row stays locked until the transaction ends, so all of this holds until then.
 *
 * @param generation of this change
 * @param effectiveVpcId the VPC its members are in; null for a pool that nothing has bound to a VPC yet
 * @param type {@code ""} (any member), {@code instance} or {@code ip}
 * @param os what all members run (type/distribution); null while it has none, or none that the rule applies to
 * @param memberCount members, those that this advance announced included
 * @param anyPort whether members are used on the listener's port
 * @param ipVersion {@code v4} or {@code dualstack}
 * @param loadBalancerId the load balancer it was created for; null when it was not created for one
 */
public record AdvancedPool(
        UUID id,
        long generation,
        PoolProtocol protocol,
        @Nullable String effectiveVpcId,
        String type,
        @Nullable String os,
        int memberCount,
        boolean anyPort,
        boolean memberDeletionProtection,
        String ipVersion,
        @Nullable UUID loadBalancerId) {}
