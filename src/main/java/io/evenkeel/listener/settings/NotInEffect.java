package io.evenkeel.listener.settings;

import io.evenkeel.platform.write.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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

    /** One warning for each attribute. */
    public void warn(UUID listenerId) {
        for (var attribute : attributes) {
            Warnings.add(
                    "NOT_IN_EFFECT",
                    "%s of listener %s is kept, but workers do not act on it yet".formatted(attribute, listenerId));
        }
    }
}
