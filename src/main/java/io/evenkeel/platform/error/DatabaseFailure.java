package io.evenkeel.platform.error;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What a failure of the database is, whichever layers have wrapped it. */
final class DatabaseFailure {

    /** SQLSTATE: character not in repertoire, untranslatable character. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private DatabaseFailure() {}

    /** No connection is to be had, or the one in use broke: it is stopping, gone, or full. */
    static boolean isUnreachable(RuntimeException failure) {
        return failure instanceof CannotCreateTransactionException
                || failure instanceof DataAccessResourceFailureException
                || hasCause(failure, cause -> cause instanceof SQLTransientConnectionException)
                || hasState(failure, state -> state.startsWith("08") || state.startsWith("57P"));
    }

    /** A text holds a character that PostgreSQL cannot store. */
    static boolean isUnstorableText(RuntimeException failure) {
        return hasState(failure, UNSTORABLE::contains);
    }

    private static boolean hasState(Throwable failure, Predicate<String> state) {
        return hasCause(
                failure,
                cause -> cause instanceof SQLException sql
                        && Optional.ofNullable(sql.getSQLState()).filter(state).isPresent());
    }

    private static boolean hasCause(Throwable failure, Predicate<Throwable> kind) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.test(cause)) {
                return true;
            }
        }
        return false;
    }
}
