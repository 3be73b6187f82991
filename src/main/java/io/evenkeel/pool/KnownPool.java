package io.evenkeel.pool;

import io.evenkeel.platform.error.ErrorCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pool of the project as one read saw it, without a lock.
 *
 * @param effectiveVpcId the VPC its members are in; null for a pool that nothing has bound to a VPC yet
 * @param type {@code ""} (any member), {@code instance} or {@code ip}
 * @param isMasterSlave whether it has a master and a standby, which are its only members
 */
public record KnownPool(
        UUID id,
        PoolProtocol protocol,
        @Nullable String effectiveVpcId,
        String type,
        boolean anyPort,
        boolean isMasterSlave) {

    /** The pair of a master and a standby is made and deleted with its pool. Errors: CONFLICT. */
    public void refuseFixedMembers() {
        if (isMasterSlave) {
            throw ErrorCode.CONFLICT.with("The members of master/standby pool %s are fixed".formatted(id));
        }
    }
}
