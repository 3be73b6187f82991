package io.evenkeel.pool.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.pool.spec.AzAffinity;
import io.evenkeel.pool.spec.ConnectionDrain;
import io.evenkeel.pool.spec.PoolHealth;
import io.evenkeel.pool.spec.QuicCidHashStrategy;
import io.evenkeel.pool.spec.SessionPersistence;
import io.evenkeel.pool.spec.SlowStart;
import io.evenkeel.status.ObservedStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pool as answered (wire contract, resources.md §3). */
public record PoolResponse(
        UUID id,
        String projectId,
        String name,
        String description,
        boolean adminStateUp,
        String protocol,
        String lbAlgorithm,
        String ipVersion,
        String vpcId,
        String type,
        List<IdRef> listeners,
        List<IdRef> loadbalancers,
        List<IdRef> members,
        @Nullable UUID healthmonitorId,
        @Nullable SessionPersistence sessionPersistence,
        @Nullable SlowStart slowStart,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConnectionDrain connectionDrain,
        PoolHealth poolHealth,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AzAffinity azAffinity,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QuicCidHashStrategy quicCidHashStrategy,
        boolean anyPortEnable,
        boolean memberDeletionProtectionEnable,
        String publicBorderGroup,
        String protectionStatus,
        String protectionReason,
        String enterpriseProjectId,
        String createdAt,
        String updatedAt,
        ObservedStatus evenkeel) {

    /** A resource by its id. */
    public record IdRef(UUID id) {}
}
