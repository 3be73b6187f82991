package io.evenkeel.listener.settings;

import io.evenkeel.certificate.OfferedCiphers;
import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.platform.write.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects what is kept of a listener's settings without any worker acting on it yet, and says so in the answer. */
public final class NotInEffect {

    private static final Set<String> SERVED_HEADERS = Set.of(
            "X-Forwarded-ELB-IP",
            "X-Forwarded-Port",
            "X-Forwarded-For-Port",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Real-IP",
            "X-Forwarded-ELB-ID",
            "X-Forwarded-TLS-Certificate-ID",
            "X-Forwarded-TLS-Protocol",
            "X-Forwarded-TLS-Cipher");

    private final List<String> attributes = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();

    /** @param attribute as on the wire */
    public NotInEffect when(boolean isSet, String attribute) {
        if (isSet) {
            attributes.add(attribute);
        }
        return this;
    }

    /** Headers that the worker does not know; a switch that is off needs none. */
    public NotInEffect headers(Map<String, Object> insertHeaders) {
        insertHeaders.forEach((name, value) ->
                when(!SERVED_HEADERS.contains(name) && !Boolean.FALSE.equals(value), "insert_headers." + name));
        return this;
    }

    /** Of the system security policy, where one applies. */
    public NotInEffect policy(Protocol protocol, @Nullable String name, @Nullable UUID customId) {
        if (protocol.needsCertificate() && customId == null) {
            var wanted = name == null ? SystemSecurityPolicy.DEFAULT : name;
            SystemSecurityPolicy.ALL.stream()
                    .filter(policy -> policy.name().equals(wanted))
                    .flatMap(policy -> OfferedCiphers.differences(policy.protocols(), policy.ciphers()).stream())
                    .forEach(difference -> differences.add("tls_ciphers_policy " + wanted + ": " + difference));
        }
        return this;
    }

    /** One warning for each attribute. */
    public void warn(UUID listenerId) {
        for (var difference : differences) {
            Warnings.add("NOT_IN_EFFECT", "Of listener %s, %s".formatted(listenerId, difference));
        }
        for (var attribute : attributes) {
            Warnings.add(
                    "NOT_IN_EFFECT",
                    "%s of listener %s is kept, but workers do not act on it yet".formatted(attribute, listenerId));
        }
    }
}
