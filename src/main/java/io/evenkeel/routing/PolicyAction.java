package io.evenkeel.routing;

/** What becomes of a request that a policy matches (wire contract, resources.md §6). */
public enum PolicyAction {
    REDIRECT_TO_POOL,
    REDIRECT_TO_LISTENER,
    REDIRECT_TO_URL,
    FIXED_RESPONSE;

    /** For {@code @Pattern}. */
    public static final String NAMES = "REDIRECT_TO_POOL|REDIRECT_TO_LISTENER|REDIRECT_TO_URL|FIXED_RESPONSE";

    public static final String NAMES_RULE =
            "must be one of REDIRECT_TO_POOL, REDIRECT_TO_LISTENER, REDIRECT_TO_URL, FIXED_RESPONSE";

    /** Whether the listener needs advanced policies for it. */
    public boolean isAdvanced() {
        return this == REDIRECT_TO_URL || this == FIXED_RESPONSE;
    }
}
