package io.evenkeel.platform.error;

/** What the constraints of one module's tables mean: each module describes its own, as a bean. */
public interface ConstraintMeanings {

    void describe(Book book);

    /** Where the meanings are written down. */
    interface Book {

        /** A key, check or exclusion that says {@code text} when it is broken. */
        void rule(String constraint, ErrorCode code, String text);

        /** A foreign key: what a missing row means, and what it means that a row is still referred to. */
        void reference(String constraint, String whenMissing, String whenReferredTo);
    }
}
