package io.evenkeel.bench.controlplane;

import io.evenkeel.EvenkeelApplication;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.TestInstance;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service on a home of ours, as it is shipped, but without the worker: the members of the fill are nowhere, and a
 * worker would check a million of them.
 */
final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final StatementRecorder statements = new StatementRecorder();

    Instance(Path home) {
        var application = new SpringApplication(EvenkeelApplication.class);
        application.addInitializers(made -> made.getBeanFactory().addBeanPostProcessor(statements));
        // Arguments, because nothing may win over them: the benchmark must never touch the user's own home.
        context = application.run(
                "--evenkeel.home=" + home,
                "--evenkeel.roles=api",
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.access-key=" + TestInstance.ACCESS_KEY,
                "--evenkeel.bootstrap.secret-key=" + TestInstance.SECRET_KEY,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--server.port=0",
                "--management.server.port=0");
    }

    int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    Api api() {
        return new Api("http://127.0.0.1:" + port(), TestInstance.PROJECT_ID, TestInstance.TOKEN);
    }

    /** What requests do on the database. */
    StatementRecorder statements() {
        return statements;
    }

    /** A connection that goes past the service, set as the service's own are. */
    Connection connect() throws SQLException {
        var details = context.getBean(JdbcConnectionDetails.class);
        var connection =
                DriverManager.getConnection(details.getJdbcUrl(), details.getUsername(), details.getPassword());
        try (var statement = connection.createStatement()) {
            statement.execute(
                    context.getEnvironment().getRequiredProperty("spring.datasource.hikari.connection-init-sql"));
        }
        return connection;
    }

    @Override
    public void close() {
        context.close();
    }
}
