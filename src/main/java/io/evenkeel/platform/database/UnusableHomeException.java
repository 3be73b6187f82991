package io.evenkeel.platform.database;

/** The home cannot be worked on, and what can be done about it. Told to the operator without a stack trace. */
final class UnusableHomeException extends RuntimeException {

    private final String description;
    private final String action;

    UnusableHomeException(String description, String action) {
        super(description + " " + action);
        this.description = description;
        this.action = action;
    }

    String description() {
        return description;
    }

    String action() {
        return action;
    }
}
