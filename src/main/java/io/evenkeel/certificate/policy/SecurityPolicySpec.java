package io.evenkeel.certificate.policy;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.persistence.Embeddable;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The configuration of a custom security policy; names stand once each, in the order they were given. */
@Embeddable
record SecurityPolicySpec(
        String name,
        String description,
        @JdbcTypeCode(SqlTypes.ARRAY) List<String> protocols,
        @JdbcTypeCode(SqlTypes.ARRAY) List<String> ciphers) {

    SecurityPolicySpec {
        protocols = protocols.stream().distinct().toList();
        ciphers = ciphers.stream().distinct().toList();
        if (!CipherSuites.fit(protocols, ciphers)) {
            throw ErrorCode.INVALID_INPUT.with(
                    "security_policy.ciphers", "must hold at least one that fits the protocols " + protocols);
        }
    }
}
