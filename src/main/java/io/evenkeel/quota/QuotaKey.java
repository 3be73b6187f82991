package io.evenkeel.quota;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is limited, with the limit of a project for which nobody set another (wire contract, resources.md §10). */
public enum QuotaKey {
    LOADBALANCER(100_000),
    LISTENER(1500),
    POOL(5000),
    MEMBER(10_000),
    HEALTHMONITOR(-1),
    CERTIFICATE(-1),
    L7POLICY(2000),
    IPGROUP(1000),
    SECURITY_POLICY(50),
    MEMBERS_PER_POOL(1000, "a pool"),
    LISTENERS_PER_LOADBALANCER(100, "a load balancer"),
    LISTENERS_PER_POOL(50, "a pool"),
    L7POLICIES_PER_LISTENER(100, "a listener"),
    POOLS_PER_L7POLICY(5, "a policy"),
    CONDITION_PER_POLICY(10, "a policy"),
    IPGROUP_BINDINGS(50, "an IP group"),
    IPGROUP_MAX_LENGTH(300, "an IP group"),
    IPGROUPS_PER_LISTENER(5, "a listener");

    /** A limit that is none. */
    public static final int UNLIMITED = -1;

    private final int defaultLimit;
    private final boolean isPerProject;

    QuotaKey(int defaultLimit) {
        this.defaultLimit = defaultLimit;
        this.isPerProject = true;
    }

    QuotaKey(int defaultLimit, String parent) {
        this.defaultLimit = defaultLimit;
        this.isPerProject = parent.isEmpty();
    }

    /** {@link #UNLIMITED}, or how many there may be. */
    public int defaultLimit() {
        return defaultLimit;
    }

    /** Whether the project's resources are counted; the others are limits of what one parent may have. */
    boolean isPerProject() {
        return isPerProject;
    }

    /** As clients spell it: {@code members_per_pool}. */
    public String onWire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<QuotaKey> find(String onWire) {
        return Arrays.stream(values())
                .filter(key -> key.onWire().equals(onWire))
                .findFirst();
    }
}
