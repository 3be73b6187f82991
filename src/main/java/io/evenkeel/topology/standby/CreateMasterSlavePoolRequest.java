package io.evenkeel.topology.standby;

import static java.util.Objects.requireNonNullElse;

import io.evenkeel.healthmonitor.CreateHealthMonitorRequest;
import io.evenkeel.member.Members.Joining;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.Protection;
import io.evenkeel.pool.PoolProtocol;
import io.evenkeel.pool.spec.Algorithm;
import io.evenkeel.pool.spec.ConnectionDrain.ConnectionDrainInput;
import io.evenkeel.pool.spec.PoolHealth;
import io.evenkeel.pool.spec.PoolSpec;
import io.evenkeel.pool.spec.QuicCidHashStrategy.QuicCidHashStrategyInput;
import io.evenkeel.pool.spec.SessionPersistence;
import io.evenkeel.pool.spec.SessionPersistence.SessionPersistenceInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A pool of a master and a standby as a client asks for it (model of the SDK 3.1.139). */
record CreateMasterSlavePoolRequest(
        @Nullable @Size(max = 255, message = UP_TO_255) @Pattern(regexp = PLAIN, message = PLAIN_RULE)
        String name,

        @Nullable @Size(max = 255, message = UP_TO_255) @Pattern(regexp = PLAIN, message = PLAIN_RULE)
        String description,

        @Nullable String projectId,

        @NotNull @Pattern(regexp = "^(TCP|UDP|QUIC|TLS)$", message = "must be one of TCP, UDP, QUIC, TLS")
        String protocol,

        @NotNull
        @Pattern(
                regexp = "^(ROUND_ROBIN|LEAST_CONNECTIONS|SOURCE_IP|QUIC_CID)$",
                message = "must be one of ROUND_ROBIN, LEAST_CONNECTIONS, SOURCE_IP, QUIC_CID")
        String lbAlgorithm,

        @Nullable @Size(min = 1, max = 64, message = "must be an id")
        String listenerId,

        @Nullable @Size(min = 1, max = 64, message = "must be an id")
        String loadbalancerId,

        @Nullable
        @Pattern(
                regexp = "^[A-Za-z0-9._-]{0,64}$",
                message = "must be the id of a VPC: 1..64 letters, digits, '-', '_' or '.'")
        String vpcId,

        @Nullable @Pattern(regexp = "^(instance|ip|)$", message = "must be instance, ip or empty")
        String type,

        @Nullable @Pattern(regexp = "^(v4|dualstack)$", message = "must be v4 or dualstack")
        String ipVersion,

        @Nullable @Valid SessionPersistenceInput sessionPersistence,
        @Nullable @Valid ConnectionDrainInput connectionDrain,
        @Nullable @Valid QuicCidHashStrategyInput quicCidHashStrategy,
        @Nullable Boolean anyPortEnable,

        @NotNull @Size(min = 2, max = 2, message = "must hold two members: a master and a slave")
        List<@NotNull @Valid Part> members,

        @NotNull @Valid Monitor healthmonitor) {

    static final String UP_TO_255 = "must have at most 255 characters";
    static final String PLAIN = "^[^\\p{Cc}\\p{Cs}]*$";
    static final String PLAIN_RULE = "must not contain control characters";

    /** One of the two; {@code admin_state_up} has no effect. */
    record Part(
            @NotNull @Size(min = 1, max = 64, message = "must have 1..64 characters")
            String address,

            @Nullable @Min(value = 0, message = "must be 1..65535") @Max(value = 65535, message = "must be 1..65535")
            Integer protocolPort,

            @Nullable @Size(max = 255, message = UP_TO_255) @Pattern(regexp = PLAIN, message = PLAIN_RULE)
            String name,

            @Nullable
            @Size(min = 1, max = 64, message = "must have 1..64 characters")
            @Pattern(regexp = PLAIN, message = PLAIN_RULE)
            String subnetCidrId,

            @Nullable Boolean adminStateUp,

            @NotNull @Pattern(regexp = "^(master|slave)$", message = "must be master or slave")
            String role) {}

    /** Its shape is checked with that of every health monitor. */
    record Monitor(
            @NotNull
            @Pattern(
                    regexp = "^(TCP|UDP_CONNECT|HTTP|HTTPS|GRPC|TLS)$",
                    message = "must be one of TCP, UDP_CONNECT, HTTP, HTTPS, GRPC, TLS")
            String type,

            @NotNull @Min(value = 1, message = "must be 1..50") @Max(value = 50, message = "must be 1..50")
            Integer delay,

            @NotNull @Min(value = 1, message = "must be 1..50") @Max(value = 50, message = "must be 1..50")
            Integer timeout,

            @NotNull @Min(value = 1, message = "must be 1..10") @Max(value = 10, message = "must be 1..10")
            Integer maxRetries,

            @Nullable @Min(value = 1, message = "must be 1..10") @Max(value = 10, message = "must be 1..10")
            Integer maxRetriesDown,

            @Nullable @Min(value = 1, message = "must be 1..65535") @Max(value = 65535, message = "must be 1..65535")
            Integer monitorPort,

            @Nullable @Size(max = 255, message = UP_TO_255) @Pattern(regexp = PLAIN, message = PLAIN_RULE)
            String name,

            @Nullable
            @Pattern(
                    regexp = "^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$",
                    message = "must be 1..100 letters, digits, '-' or '.', starting with a letter or digit")
            String domainName,

            @Nullable
            @Pattern(
                    regexp = "^/[A-Za-z0-9\\-/.%?#&_;~!()*\\[\\]@$^:',+]{0,79}$",
                    message =
                            "must start with '/' and be 1..80 letters, digits or characters of -/.%?#&_;~!()*[]@$^:',+")
            String urlPath,

            @Nullable @Pattern(regexp = "^(GET|HEAD|POST)$", message = "must be one of GET, HEAD, POST")
            String httpMethod,

            @Nullable @Size(min = 1, max = 64, message = "must have 1..64 characters")
            String expectedCodes) {}

    /** Errors: INVALID_INPUT for fields that do not fit each other or the project of the path. */
    PoolSpec toSpec(String pathProjectId) {
        if (projectId != null && !projectId.equals(pathProjectId)) {
            throw ErrorCode.INVALID_INPUT.with("pool.project_id", "must be the project of the path");
        }
        if (members.getFirst().role().equals(members.getLast().role())) {
            throw ErrorCode.INVALID_INPUT.with("pool.members", "must hold one master and one slave");
        }
        var spoken = PoolProtocol.valueOf(protocol);
        var sticky = sessionPersistence == null ? null : sessionPersistence.of(spoken);
        SessionPersistence.requireFor(spoken, sticky);
        return new PoolSpec(
                requireNonNullElse(name, ""),
                requireNonNullElse(description, ""),
                true,
                spoken,
                Algorithm.valueOf(lbAlgorithm),
                vpcId == null || vpcId.isEmpty() ? null : vpcId,
                requireNonNullElse(type, PoolSpec.ANY_MEMBER),
                requireNonNullElse(ipVersion, PoolSpec.V4),
                sticky,
                null,
                connectionDrain == null ? null : connectionDrain.value(),
                PoolHealth.DEFAULT,
                null,
                quicCidHashStrategy == null ? null : quicCidHashStrategy.value(),
                requireNonNullElse(anyPortEnable, false),
                false,
                Protection.of(null, null, "pool"));
    }

    List<Joining> pair() {
        return IntStream.range(0, members.size())
                .mapToObj(index -> {
                    var part = members.get(index);
                    return new Joining(
                            "pool.members[" + index + "].",
                            part.address(),
                            part.subnetCidrId(),
                            part.protocolPort(),
                            requireNonNullElse(part.name(), ""),
                            part.role());
                })
                .toList();
    }

    CreateHealthMonitorRequest monitorOf(UUID poolId) {
        return new CreateHealthMonitorRequest(
                poolId.toString(),
                null,
                healthmonitor.name(),
                true,
                healthmonitor.type(),
                healthmonitor.delay(),
                healthmonitor.timeout(),
                healthmonitor.maxRetries(),
                healthmonitor.maxRetriesDown(),
                healthmonitor.monitorPort(),
                healthmonitor.domainName(),
                healthmonitor.urlPath(),
                healthmonitor.httpMethod(),
                healthmonitor.expectedCodes());
    }
}
