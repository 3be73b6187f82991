package io.evenkeel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A fresh home for the tested instance; PostgreSQL in a container where Docker is there, embedded where it is not. */
public final class TestInstance implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final String PROJECT_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
    public static final String ACCESS_KEY = "AKEVENKEELTESTS00001";
    public static final String SECRET_KEY = "secret-key-of-the-tests-0001-abcdef";
    public static final String TOKEN = "token-of-the-tests-0001-abcdefghijklmnop";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var values = new LinkedHashMap<String, String>();
        var home = freshHome();
        values.put("evenkeel.home", home.toString());
        values.put("evenkeel.worker.access-log.file", home.resolve("access.log").toString());
        values.put("evenkeel.bootstrap.project-id", PROJECT_ID);
        values.put("evenkeel.bootstrap.access-key", ACCESS_KEY);
        values.put("evenkeel.bootstrap.secret-key", SECRET_KEY);
        values.put("evenkeel.bootstrap.token", TOKEN);
        values.put("evenkeel.inventory.allowed-reserved-ranges", "127.0.0.0/8");
        values.put("management.server.port", "0");
        values.put("evenkeel.traffic.period", "500ms");
        values.put("evenkeel.events.stream.per-project", "10");
        values.put("evenkeel.events.stream.per-process", "15");
        values.put("evenkeel.events.stream.heartbeat", "500ms");
        values.put("evenkeel.worker.availability-zone", "az-1");
        // Races start more calls at once than there are connections; none may fail because the machine is slow.
        values.put("spring.datasource.hikari.connection-timeout", "60000");
        if (hasDocker()) {
            values.putAll(container());
        }
        TestPropertyValues.of(values).applyTo(context);
    }

    private static Path freshHome() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "homes")), "home");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks before it asks, because asking in vain is slow and logs an error. */
    private static boolean hasDocker() {
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"));
    }

    private static Map<String, String> container() {
        @SuppressWarnings("resource") // Ends with the JVM, by Testcontainers' own reaper.
        var postgres = new PostgreSQLContainer("postgres:18");
        postgres.start();
        return Map.of(
                "spring.datasource.url", postgres.getJdbcUrl(),
                "spring.datasource.username", postgres.getUsername(),
                "spring.datasource.password", postgres.getPassword());
    }
}
