package io.evenkeel.platform.error;

import io.evenkeel.platform.database.DatabaseTrouble;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
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
                || DatabaseTrouble.isUnreachable(failure);
    }

    /** A text holds a character that PostgreSQL cannot store. */
    static boolean isUnstorableText(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && UNSTORABLE.contains(Objects.toString(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
