package io.evenkeel.console.resource;

/** How a column shows its attribute. */
enum Format {
    /** As it is. */
    TEXT,
    /** The resource's name, which leads to its page; its id where it has none. */
    NAME,
    /** The {@code evenkeel} object, or a status. */
    STATE,
    TIME,
    /** A time that should not be near. */
    EXPIRY,
    YES_NO,
    /** Texts, separated by commas. */
    LIST,
    /** How many there are. */
    COUNT,
    /** One or several other resources, linked. */
    REFERENCE,
    /** {@code resource_kind} and {@code resource_id} of an event or an audit record. */
    RESOURCE,
    /** What was before and after a write. */
    DIFFERENCE,
    /** A server's operating system. */
    SYSTEM,
    /** A server's addresses. */
    ADDRESSES
}
