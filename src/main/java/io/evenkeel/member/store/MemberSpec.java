package io.evenkeel.member.store;

import io.evenkeel.platform.error.ErrorCode;

/**
 * What can be changed of a member.
 *
 * @param protocolPort 1..65535, or 0 where the pool uses the listener's port
 * @param weight 0..100
 */
public record MemberSpec(String name, int protocolPort, int weight) {

    public static final int DEFAULT_WEIGHT = 1;

    public MemberSpec {
        if (protocolPort < 0 || protocolPort > 65535) {
            throw ErrorCode.INVALID_INPUT.with("member.protocol_port", "must be 1..65535");
        }
        if (weight < 0 || weight > 100) {
            throw ErrorCode.INVALID_INPUT.with("member.weight", "must be 0..100");
        }
    }
}
