package io.evenkeel.routing;

/** What of a request a rule looks at (wire contract, resources.md §7). */
public enum RuleType {
    HOST_NAME,
    PATH,
    METHOD,
    HEADER,
    QUERY_STRING,
    SOURCE_IP;

    /** For {@code @Pattern}. */
    public static final String NAMES = "HOST_NAME|PATH|METHOD|HEADER|QUERY_STRING|SOURCE_IP";

    public static final String NAMES_RULE = "must be one of HOST_NAME, PATH, METHOD, HEADER, QUERY_STRING, SOURCE_IP";

    /** Whether the listener needs advanced policies for it. */
    public boolean isAdvanced() {
        return this != HOST_NAME && this != PATH;
    }

    /** Whether its conditions name a header or parameter. */
    public boolean hasKey() {
        return this == HEADER || this == QUERY_STRING;
    }

    public boolean accepts(CompareType compareType) {
        return this == PATH || compareType == CompareType.EQUAL_TO;
    }
}
