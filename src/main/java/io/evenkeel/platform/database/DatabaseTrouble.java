package io.evenkeel.platform.database;

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
                || (failure instanceof DataAccessException && !(failure instanceof NonTransientDataAccessException));
    }
}
