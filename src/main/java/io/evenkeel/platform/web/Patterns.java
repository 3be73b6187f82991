package io.evenkeel.platform.web;

/** Regular expressions that attributes of several resources share, for {@code @Pattern}, with what they demand. */
public final class Patterns {

    /** One line of any Unicode. */
    public static final String TEXT = "[^\\p{Cc}\\p{Cs}]*";

    public static final String TEXT_RULE = "must not contain control characters";

    public static final String UUID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

    public static final String UUID_RULE = "must be a UUID";

    /** What an id of the inventory looks like. */
    public static final String INVENTORY_ID = "[A-Za-z0-9._-]{1,64}";

    public static final String INVENTORY_ID_RULE = "must be 1..64 letters, digits, '-', '_' or '.'";

    public static final String ENTERPRISE_PROJECT = "(?!0$)[A-Za-z0-9_-]{1,64}";

    public static final String ENTERPRISE_PROJECT_RULE =
            "must be 1..64 letters, digits, '-' or '_', and not '0'; leave it out for the default project";

    private Patterns() {}
}
