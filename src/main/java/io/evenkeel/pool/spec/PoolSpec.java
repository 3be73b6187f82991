package io.evenkeel.pool.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.Protection;
import io.evenkeel.pool.PoolProtocol;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.hibernate.annotations.EmbeddedColumnNaming;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A pool's configuration. What it can be at all is checked here, so a spec that exists is one that keeps the rules of
 * the wire contract (resources.md §3 and §11) between its own fields. Errors: {@link ErrorCode#INVALID_INPUT}.
 *
 * @param vpcId asked for by the client; null when it asked for none
 * @param type {@code ""} (any member), {@code instance} or {@code ip}
 * @param ipVersion {@code v4} or {@code dualstack}
 * @param quicCidHashStrategy null unless the algorithm is QUIC_CID
 */
@Embeddable
public record PoolSpec(
        String name,
        String description,
        boolean adminStateUp,
        @Enumerated(EnumType.STRING) PoolProtocol protocol,

        @JsonProperty("lb_algorithm") @Enumerated(EnumType.STRING)
        Algorithm algorithm,

        @Nullable String vpcId,
        String type,
        String ipVersion,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable SessionPersistence sessionPersistence,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable SlowStart slowStart,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable ConnectionDrain connectionDrain,
        @JdbcTypeCode(SqlTypes.JSON) PoolHealth poolHealth,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable AzAffinity azAffinity,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable QuicCidHashStrategy quicCidHashStrategy,
        boolean anyPortEnable,
        boolean memberDeletionProtectionEnable,
        @EmbeddedColumnNaming("protection_%s") Protection protection) {

    public static final String ANY_MEMBER = "";
    public static final String INSTANCES = "instance";
    public static final String IP_MEMBERS = "ip";
    public static final String V4 = "v4";
    public static final String DUAL_STACK = "dualstack";

    public PoolSpec {
        checkPlace(type, vpcId);
        checkAlgorithm(protocol, algorithm, quicCidHashStrategy);
        if (algorithm == Algorithm.QUIC_CID && quicCidHashStrategy == null) {
            quicCidHashStrategy = QuicCidHashStrategy.DEFAULT;
        }
        if (ipVersion.equals(DUAL_STACK) && (protocol.isHttp() || protocol == PoolProtocol.GRPC)) {
            throw ErrorCode.INVALID_INPUT.with("pool.ip_version", "must be v4 for pools of protocol " + protocol);
        }
        if (sessionPersistence != null) {
            sessionPersistence.checkFor(protocol);
        }
        if (slowStart != null && !protocol.isHttp()) {
            throw ErrorCode.INVALID_INPUT.with("pool.slow_start", "is only for pools of protocol HTTP or HTTPS");
        }
        if (connectionDrain != null) {
            checkPassedThrough("pool.connection_drain", protocol);
            connectionDrain.check();
        }
        if (anyPortEnable) {
            checkPassedThrough("pool.any_port_enable", protocol);
        }
        if (azAffinity != null) {
            azAffinity.checkFor(protocol);
        }
    }

    private static void checkPlace(String type, @Nullable String vpcId) {
        if (type.equals(INSTANCES) && vpcId == null) {
            throw ErrorCode.INVALID_INPUT.with("pool.vpc_id", "must be given for a pool of type instance");
        }
        if (type.equals(IP_MEMBERS) && vpcId != null) {
            throw ErrorCode.INVALID_INPUT.with("pool.vpc_id", "must not be given for a pool of type ip");
        }
    }

    private static void checkAlgorithm(
            PoolProtocol protocol, Algorithm algorithm, @Nullable QuicCidHashStrategy strategy) {
        if (algorithm == Algorithm.QUIC_CID && protocol != PoolProtocol.QUIC) {
            throw ErrorCode.INVALID_INPUT.with("pool.lb_algorithm", "QUIC_CID is only for pools of protocol QUIC");
        }
        if (algorithm != Algorithm.QUIC_CID && strategy != null) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.quic_cid_hash_strategy", "must be given only with lb_algorithm QUIC_CID");
        }
    }

    private static void checkPassedThrough(String attribute, PoolProtocol protocol) {
        if (!protocol.isPassedThrough()) {
            throw ErrorCode.INVALID_INPUT.with(attribute, "is only for pools of protocol TCP, UDP or QUIC");
        }
    }
}
