package io.evenkeel.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A real PostgreSQL whose binaries come with the jar and whose data lies in the home. Durable ({@code fsync} on),
 * reachable over loopback by password alone. Stopped with the application; what a killed process left running on the
 * same directory is stopped first, which is safe because the home is locked.
 */
final class EmbeddedDatabase implements JdbcConnectionDetails, AutoCloseable {

    static final String MAJOR_VERSION = "18";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "postgres";
    private static final String PASSWORD_FILE = "database-password";

    private final EmbeddedPostgres postgres;
    private final String password;
    private final Runnable whenStopped;

    private EmbeddedDatabase(EmbeddedPostgres postgres, String password, Runnable whenStopped) {
        this.postgres = postgres;
        this.password = password;
        this.whenStopped = whenStopped;
    }

    static EmbeddedDatabase start(EvenkeelHome home) {
        return start(home, DatabaseHost.here());
    }

    static EmbeddedDatabase start(EvenkeelHome home, DatabaseHost here) {
        var data = home.file("database");
        refuseOtherVersion(data);
        here.claim(home);
        OrphanedPostgres.stop(data);
        UnfinishedCluster.setAside(data);
        var password = password(home);
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(
                            home.directory("postgres-binaries").toFile())
                    .setLocaleConfig("pwfile", home.file(PASSWORD_FILE).toString())
                    .setLocaleConfig("auth-host", "scram-sha-256")
                    .setLocaleConfig("auth-local", "scram-sha-256")
                    .setConnectConfig("password", password)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            log.atInfo().addKeyValue("directory", data).log("The embedded PostgreSQL runs");
            return new EmbeddedDatabase(postgres, password, () -> here.release(home));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The embedded PostgreSQL did not start in " + data
                            + ". To use one of your own, set spring.datasource.url, .username and .password.",
                    e);
        }
    }

    private static void refuseOtherVersion(Path data) {
        var versionFile = data.resolve("PG_VERSION");
        try {
            if (!Files.exists(versionFile)) {
                return;
            }
            var version = Files.readString(versionFile).strip();
            if (!version.equals(MAJOR_VERSION)) {
                throw new UnusableHomeException(
                        "The database in " + data + " is of PostgreSQL " + version
                                + ", this Evenkeel comes with PostgreSQL " + MAJOR_VERSION + ".",
                        "Dump it with the Evenkeel that wrote it (pg_dump), start this one on an empty evenkeel.home"
                                + " and restore the dump; or point spring.datasource.url at a PostgreSQL " + version
                                + " that serves it.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(EvenkeelHome home) {
        var kept = home.readSecret(PASSWORD_FILE);
        if (kept != null) {
            return kept;
        }
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        var password = HexFormat.of().formatHex(bytes);
        home.writeSecret(PASSWORD_FILE, password);
        return password;
    }

    @Override
    public String getUsername() {
        return USER;
    }

    @Override
    public String getPassword() {
        return password;
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        whenStopped.run();
    }
}
