package io.evenkeel.platform.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/** Tells what a failed statement means for whoever must bring it home. */
public final class DatabaseTrouble {

    private DatabaseTrouble() {}

    /** Whatever time may mend; what the database refuses for its content it would refuse for ever. */
    public static boolean mayPass(RuntimeException failure) {
        return failure instanceof TransactionException
                || failure instanceof NonTransientDataAccessResourceException
                || (failure instanceof DataAccessException && !(failure instanceof NonTransientDataAccessException))
                || isUnreachable(failure);
    }

    /**
     * There is none to write to: nobody answers, it is starting or stopping, full, or follows another one (SQLSTATE 08,
     * 57P, 53300, 25006).
     */
    public static boolean isUnreachable(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || (cause instanceof SQLException sql && (saysUnreachable(sql.getSQLState()) || isGivenUp(sql)))) {
                return true;
            }
        }
        return false;
    }

    /** The pool's word for a connection that broke; all that is left of the cause when the rollback fails as well. */
    private static boolean isGivenUp(SQLException failure) {
        return failure.getSQLState() == null && "Connection is closed".equals(failure.getMessage());
    }

    private static boolean saysUnreachable(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("57P")
                        || state.equals("53300")
                        || state.equals("25006"));
    }
}
