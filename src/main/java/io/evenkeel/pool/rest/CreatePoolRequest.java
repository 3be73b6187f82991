package io.evenkeel.pool.rest;

import static java.util.Objects.requireNonNullElse;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.Protection;
import io.evenkeel.pool.PoolProtocol;
import io.evenkeel.pool.spec.Algorithm;
import io.evenkeel.pool.spec.AzAffinity.AzAffinityInput;
import io.evenkeel.pool.spec.ConnectionDrain.ConnectionDrainInput;
import io.evenkeel.pool.spec.PoolHealth;
import io.evenkeel.pool.spec.PoolHealth.PoolHealthInput;
import io.evenkeel.pool.spec.PoolSpec;
import io.evenkeel.pool.spec.QuicCidHashStrategy.QuicCidHashStrategyInput;
import io.evenkeel.pool.spec.SessionPersistence;
import io.evenkeel.pool.spec.SessionPersistence.SessionPersistenceInput;
import io.evenkeel.pool.spec.SlowStart.SlowStartInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A pool as a client asks for it (wire contract, resources.md §3). */
record CreatePoolRequest(
        @Nullable @Size(max = 255, message = Texts.UP_TO_255) @Pattern(regexp = Texts.PLAIN, message = Texts.PLAIN_RULE)
        String name,

        @Nullable @Size(max = 255, message = Texts.UP_TO_255) @Pattern(regexp = Texts.PLAIN, message = Texts.PLAIN_RULE)
        String description,

        @Nullable Boolean adminStateUp,
        @Nullable String projectId,

        @NotNull @Pattern(regexp = Texts.PROTOCOL, message = Texts.PROTOCOL_RULE)
        String protocol,

        @NotNull @Pattern(regexp = Texts.ALGORITHM, message = Texts.ALGORITHM_RULE)
        String lbAlgorithm,

        @Nullable @Size(min = 1, max = 64, message = Texts.ID_RULE)
        String listenerId,

        @Nullable @Size(min = 1, max = 64, message = Texts.ID_RULE)
        String loadbalancerId,

        @Nullable @Pattern(regexp = Texts.VPC_ID, message = Texts.VPC_ID_RULE)
        String vpcId,

        @Nullable @Pattern(regexp = Texts.TYPE, message = Texts.TYPE_RULE)
        String type,

        @Nullable @Pattern(regexp = "^(v4|dualstack)$", message = "must be v4 or dualstack")
        String ipVersion,

        @Nullable @Valid SessionPersistenceInput sessionPersistence,
        @Nullable @Valid SlowStartInput slowStart,
        @Nullable @Valid ConnectionDrainInput connectionDrain,
        @Nullable @Valid PoolHealthInput poolHealth,
        @Nullable @Valid AzAffinityInput azAffinity,
        @Nullable @Valid QuicCidHashStrategyInput quicCidHashStrategy,
        @Nullable Boolean anyPortEnable,
        @Nullable Boolean memberDeletionProtectionEnable,

        @Nullable @Pattern(regexp = "^center$", message = "must be center")
        String publicBorderGroup,

        @Nullable @Pattern(regexp = Protection.STATUSES, message = Protection.STATUSES_RULE)
        String protectionStatus,

        @Nullable
        @Size(max = 255, message = Texts.UP_TO_255)
        @Pattern(regexp = Protection.REASON, message = Protection.REASON_RULE)
        String protectionReason) {

    /** Rules of shape that creating and updating share. */
    static final class Texts {
        static final String UP_TO_255 = "must have at most 255 characters";
        static final String PLAIN = "^[^\\p{Cc}\\p{Cs}]*$";
        static final String PLAIN_RULE = "must not contain control characters";
        static final String PROTOCOL = "^(TCP|UDP|TLS|GRPC|HTTP|HTTPS|QUIC)$";
        static final String PROTOCOL_RULE = "must be one of TCP, UDP, TLS, GRPC, HTTP, HTTPS, QUIC";
        static final String ALGORITHM = "^(ROUND_ROBIN|LEAST_CONNECTIONS|SOURCE_IP|QUIC_CID)$";
        static final String ALGORITHM_RULE = "must be one of ROUND_ROBIN, LEAST_CONNECTIONS, SOURCE_IP, QUIC_CID";
        static final String ID_RULE = "must be an id";
        static final String VPC_ID = "^[A-Za-z0-9._-]{0,64}$";
        static final String VPC_ID_RULE = "must be the id of a VPC: 1..64 letters, digits, '-', '_' or '.'";
        static final String TYPE = "^(instance|ip|)$";
        static final String TYPE_RULE = "must be instance, ip or empty";

        private Texts() {}
    }

    PoolHomes.Wanted home() {
        return new PoolHomes.Wanted(listenerId, loadbalancerId, vpcId, type);
    }

    /** Errors: INVALID_INPUT for fields that do not fit each other or the project of the path. */
    PoolSpec toSpec(String pathProjectId, boolean isDualStack) {
        if (projectId != null && !projectId.equals(pathProjectId)) {
            throw ErrorCode.INVALID_INPUT.with("pool.project_id", "must be the project of the path");
        }
        var spoken = PoolProtocol.valueOf(protocol);
        var sticky = sessionPersistence == null ? null : sessionPersistence.of(spoken);
        SessionPersistence.requireFor(spoken, sticky);
        return new PoolSpec(
                requireNonNullElse(name, ""),
                requireNonNullElse(description, ""),
                requireNonNullElse(adminStateUp, true),
                spoken,
                Algorithm.valueOf(lbAlgorithm),
                vpcId == null || vpcId.isEmpty() ? null : vpcId,
                requireNonNullElse(type, PoolSpec.ANY_MEMBER),
                ipVersion == null ? defaultIpVersion(spoken, isDualStack) : ipVersion,
                sticky,
                slowStart == null ? null : slowStart.value(),
                connectionDrain == null ? null : connectionDrain.value(),
                poolHealth == null ? PoolHealth.DEFAULT : poolHealth.value(),
                azAffinity == null ? null : azAffinity.value(),
                quicCidHashStrategy == null ? null : quicCidHashStrategy.value(),
                requireNonNullElse(anyPortEnable, false),
                requireNonNullElse(memberDeletionProtectionEnable, false),
                Protection.of(protectionStatus, protectionReason, "pool"));
    }

    private static String defaultIpVersion(PoolProtocol protocol, boolean isDualStack) {
        return isDualStack && protocol.isPassedThrough() ? PoolSpec.DUAL_STACK : PoolSpec.V4;
    }
}
