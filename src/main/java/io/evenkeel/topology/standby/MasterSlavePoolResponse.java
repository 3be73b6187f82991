package io.evenkeel.topology.standby;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.pool.spec.ConnectionDrain;
import io.evenkeel.pool.spec.QuicCidHashStrategy;
import io.evenkeel.pool.spec.SessionPersistence;
import io.evenkeel.status.MemberStatus.FailedCheck;
import io.evenkeel.status.MemberStatus.ListenerStatus;
import io.evenkeel.status.ObservedStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pool of a master and a standby as clients see it (model of the SDK 3.1.139). */
record MasterSlavePoolResponse(
        UUID id,
        String name,
        String description,
        String projectId,
        String enterpriseProjectId,
        String protocol,
        String lbAlgorithm,
        String ipVersion,
        String vpcId,
        String type,
        List<Ref> listeners,
        List<Ref> loadbalancers,
        List<Part> members,
        @Nullable Monitor healthmonitor,
        @Nullable SessionPersistence sessionPersistence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConnectionDrain connectionDrain,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QuicCidHashStrategy quicCidHashStrategy,
        boolean anyPortEnable,
        String createdAt,
        String updatedAt) {

    /** A resource by its id. */
    record Ref(UUID id) {}

    /** @param role master or slave */
    record Part(
            UUID id,
            String name,
            boolean adminStateUp,
            @Nullable String subnetCidrId,
            int protocolPort,
            String address,
            String ipVersion,
            String deviceOwner,
            String deviceId,
            String operatingStatus,
            @Nullable FailedCheck reason,
            String memberType,
            String instanceId,
            String role,
            List<ListenerStatus> status,
            ObservedStatus evenkeel) {}

    record Monitor(
            UUID id,
            String name,
            boolean adminStateUp,
            String type,
            int delay,
            int timeout,
            int maxRetries,
            int maxRetriesDown,
            @Nullable Integer monitorPort,
            @Nullable String domainName,
            @Nullable String urlPath,
            @Nullable String httpMethod,
            @Nullable String expectedCodes) {}
}
