package io.evenkeel.identity;

import java.util.Locale;

/** What a caller may do, each role including the ones before it. */
public enum Role {
    /** Reads the project's own resources. */
    READER,
    /** Writes them. */
    OPERATOR,
    /** Writes the inventory, identities and quotas, in every project. */
    ADMIN;

    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As clients spell it: {@code reader}, {@code operator}, {@code admin}. */
    public String onWire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when no role is spelled so
     */
    public static Role ofWire(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
