package io.evenkeel.routing;

import io.evenkeel.platform.write.Warnings;

/** The warnings of routing: it is accepted and stored, and the workers of this release do not act on it. */
public final class NotInEffect {

    private static final String CODE = "NOT_IN_EFFECT";

    private NotInEffect() {}

    /** Errors: none; the answer of the request under way carries the warning. */
    public static void ofPolicy(Object policyId) {
        Warnings.add(CODE, "l7policy %s is stored; the workers do not route by l7policies yet".formatted(policyId));
    }

    /** @param attribute as on the wire */
    public static void ofAttribute(String attribute) {
        Warnings.add(CODE, "%s is not supported; its value is ignored".formatted(attribute));
    }
}
