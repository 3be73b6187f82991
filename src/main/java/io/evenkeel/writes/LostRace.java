package io.evenkeel.writes;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a transaction that only met another one from a write that is wrong. */
final class LostRace {

    /** serialization_failure, deadlock_detected. */
    private static final Set<String> STATES = Set.of("40001", "40P01");

    private LostRace() {}

    static boolean in(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && STATES.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
