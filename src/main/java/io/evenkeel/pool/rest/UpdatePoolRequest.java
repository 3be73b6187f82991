package io.evenkeel.pool.rest;

import static java.util.Objects.requireNonNullElse;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.write.Protection;
import io.evenkeel.pool.rest.CreatePoolRequest.Texts;
import io.evenkeel.pool.spec.Algorithm;
import io.evenkeel.pool.spec.AzAffinity.AzAffinityInput;
import io.evenkeel.pool.spec.ConnectionDrain.ConnectionDrainInput;
import io.evenkeel.pool.spec.PoolHealth;
import io.evenkeel.pool.spec.PoolHealth.PoolHealthInput;
import io.evenkeel.pool.spec.PoolSpec;
import io.evenkeel.pool.spec.QuicCidHashStrategy;
import io.evenkeel.pool.spec.QuicCidHashStrategy.QuicCidHashStrategyInput;
import io.evenkeel.pool.spec.SessionPersistence;
import io.evenkeel.pool.spec.SessionPersistence.SessionPersistenceInput;
import io.evenkeel.pool.spec.SlowStart.SlowStartInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a client wants changed of a pool: absent stays, null switches off or puts the default back. */
record UpdatePoolRequest(
        Change<
                        @Size(max = 255, message = Texts.UP_TO_255)
                        @Pattern(regexp = Texts.PLAIN, message = Texts.PLAIN_RULE) String>
                name,
        Change<
                        @Size(max = 255, message = Texts.UP_TO_255)
                        @Pattern(regexp = Texts.PLAIN, message = Texts.PLAIN_RULE) String>
                description,
        Change<Boolean> adminStateUp,
        Change<@Pattern(regexp = Texts.ALGORITHM, message = Texts.ALGORITHM_RULE) String> lbAlgorithm,
        Change<@Pattern(regexp = Texts.VPC_ID, message = Texts.VPC_ID_RULE) String> vpcId,
        Change<@Pattern(regexp = Texts.TYPE, message = Texts.TYPE_RULE) String> type,
        Change<@Valid SessionPersistenceInput> sessionPersistence,
        Change<@Valid SlowStartInput> slowStart,
        Change<@Valid ConnectionDrainInput> connectionDrain,
        Change<@Valid PoolHealthInput> poolHealth,
        Change<@Valid AzAffinityInput> azAffinity,
        Change<@Valid QuicCidHashStrategyInput> quicCidHashStrategy,
        Change<Boolean> anyPortEnable,
        Change<Boolean> memberDeletionProtectionEnable,
        Change<@Pattern(regexp = Protection.STATUSES, message = Protection.STATUSES_RULE) String> protectionStatus,
        Change<
                        @Size(max = 255, message = Texts.UP_TO_255)
                        @Pattern(regexp = Protection.REASON, message = Protection.REASON_RULE) String>
                protectionReason) {

    /** Errors: INVALID_INPUT for fields that then do not fit each other, or may no longer change. */
    PoolSpec applyTo(PoolSpec spec) {
        if (lbAlgorithm instanceof Change.Clear) {
            throw ErrorCode.REQUIRED.with("pool.lb_algorithm");
        }
        if (sessionPersistence instanceof Change.Clear) {
            SessionPersistence.requireFor(spec.protocol(), null);
        }
        var algorithm = lbAlgorithm.map(Algorithm::valueOf).over(spec.algorithm(), spec.algorithm());
        return new PoolSpec(
                name.over(spec.name(), ""),
                description.over(spec.description(), ""),
                adminStateUp.over(spec.adminStateUp(), true),
                spec.protocol(),
                algorithm,
                vpcIdOver(spec.vpcId()),
                typeOver(spec.type()),
                spec.ipVersion(),
                sessionPersistence.map(input -> input.of(spec.protocol())).over(spec.sessionPersistence()),
                slowStart.map(SlowStartInput::value).over(spec.slowStart()),
                connectionDrain.map(ConnectionDrainInput::value).over(spec.connectionDrain()),
                poolHealth.map(PoolHealthInput::value).over(spec.poolHealth(), PoolHealth.DEFAULT),
                azAffinity.map(AzAffinityInput::value).over(spec.azAffinity()),
                quicCidHashStrategyOver(spec.quicCidHashStrategy(), algorithm),
                anyPortEnable.over(spec.anyPortEnable(), false),
                memberDeletionProtectionEnable.over(spec.memberDeletionProtectionEnable(), false),
                spec.protection().with(protectionStatus, protectionReason, "pool"));
    }

    private @Nullable String vpcIdOver(@Nullable String current) {
        var before = requireNonNullElse(current, "");
        var after = vpcId.over(before, "");
        refuseUnlessFirst("pool.vpc_id", before, after);
        return after.isEmpty() ? null : after;
    }

    private String typeOver(String current) {
        var after = type.over(current, PoolSpec.ANY_MEMBER);
        refuseUnlessFirst("pool.type", current, after);
        return after;
    }

    private static void refuseUnlessFirst(String attribute, String before, String after) {
        if (!before.isEmpty() && !before.equals(after)) {
            throw ErrorCode.INVALID_INPUT.with(attribute, "can be set only while it is empty");
        }
    }

    /** What belongs to an algorithm goes with it. */
    private @Nullable QuicCidHashStrategy quicCidHashStrategyOver(
            @Nullable QuicCidHashStrategy current, Algorithm algorithm) {
        return quicCidHashStrategy
                .map(QuicCidHashStrategyInput::value)
                .over(algorithm == Algorithm.QUIC_CID ? current : null);
    }
}
