package io.evenkeel.routing;

import io.evenkeel.platform.write.Warnings;

/** The warnings of routing: what is accepted and stored, and the workers of this release do not act on. */
public final class NotInEffect {

    private static final String CODE = "NOT_IN_EFFECT";

    private NotInEffect() {}

    /**
     * Errors: none; the answer of the request under way carries the warning.
     *
     * @param what an attribute as on the wire, and why it has no effect
     */
    public static void ofPolicy(Object policyId, String what) {
        Warnings.add(CODE, "Of l7policy %s, %s".formatted(policyId, what));
    }

    /** @param attribute as on the wire */
    public static void ofAttribute(String attribute) {
        Warnings.add(CODE, "%s is not supported; its value is ignored".formatted(attribute));
    }
}
