package io.evenkeel.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTroubleTests {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300", "25006"})
    void takesADatabaseForAwayThatGivesNoConnection(String state) {
        var failure = new IllegalStateException(new SQLException("as the driver tells it", state));

        assertThat(DatabaseTrouble.isUnreachable(failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "3D000", "42P01"})
    void takesARefusalForFinal(String state) {
        assertThat(DatabaseTrouble.isUnreachable(new SQLException("refused", state)))
                .isFalse();
    }

    @Test
    void knowsThePoolsOwnTimeout() {
        assertThat(DatabaseTrouble.isUnreachable(new SQLTransientConnectionException("no connection in time")))
                .isTrue();
        assertThat(DatabaseTrouble.isUnreachable(new IllegalStateException("anything else")))
                .isFalse();
    }
}
