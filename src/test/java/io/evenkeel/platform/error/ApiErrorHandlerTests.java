package io.evenkeel.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.AnsweredErrors;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hibernate.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.http.ResponseEntity;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What a failing database means to clients. */
class ApiErrorHandlerTests {

    private final ApiErrorHandler handler = new ApiErrorHandler(new ConstraintErrors(List.of()));

    private static ErrorAnswer body(ResponseEntity<Object> answer) {
        var body = (ErrorAnswer) Objects.requireNonNull(answer.getBody());
        AnsweredErrors.note(body.errorCode(), body.errorMsg());
        return body;
    }

    static Stream<RuntimeException> databaseGone() {
        var broken = new SQLException("An I/O error occurred", "08006");
        return Stream.of(
                new CannotCreateTransactionException("no connection", new SQLTransientConnectionException()),
                new DataAccessResourceFailureException("broken", broken),
                new PersistenceException("not translated", broken),
                new TransactionSystemException("the commit broke", broken),
                new PersistenceException(new SQLException("terminating connection", "57P01")),
                new InvalidDataAccessApiUsageException("wrapped", new SQLTransientConnectionException()),
                new JpaSystemException(new TransactionException(
                        "Unable to rollback against JDBC Connection", new SQLException("Connection is closed"))));
    }

    @ParameterizedTest
    @MethodSource("databaseGone")
    void asksToComeBackWhenTheDatabaseIsGone(RuntimeException failure) {
        var answer = handler.refusedByDatabase(failure);

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(body(answer).errorCode()).isEqualTo("ELB.8906");
    }

    @Test
    void blamesTheRequestForTextThatCannotBeStored() {
        var answer = handler.refusedByDatabase(
                new DataIntegrityViolationException("x", new SQLException("invalid byte sequence: 0x00", "22021")));

        assertThat(answer.getStatusCode().value()).isEqualTo(400);
        assertThat(body(answer).errorMsg()).contains("NUL");
    }

    @Test
    void saysNothingOfAFailureOfItsOwn() {
        var answer = handler.refusedByDatabase(
                new InvalidDataAccessApiUsageException("secret", new SQLException("secret", "42601")));

        assertThat(answer.getStatusCode().value()).isEqualTo(500);
        assertThat(body(answer).errorMsg()).isEqualTo("Internal server error.");
    }
}
