package io.evenkeel.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded PostgreSQL over restarts, kills and refusals. */
class EmbeddedDatabaseTests {

    @TempDir
    private Path directory = Path.of("");

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void keepsItsDataBehindAPassword() throws Exception {
        try (var home = EvenkeelHome.open(directory)) {
            try (var database = EmbeddedDatabase.start(home);
                    var connection = connect(database);
                    var statement = connection.createStatement()) {
                statement.execute("create table kept as select 'written before the restart' as text");
                assertThat(ask(database, "show fsync")).isEqualTo("on");
                assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
                assertThatThrownBy(() -> DriverManager.getConnection(database.getJdbcUrl(), "postgres", "wrong"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
                assertThatThrownBy(() -> DriverManager.getConnection(database.getJdbcUrl(), "postgres", null))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password");
            }
            try (var database = EmbeddedDatabase.start(home)) {
                assertThat(ask(database, "select text from kept")).isEqualTo("written before the restart");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("database-password"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("database"))))
                .isEqualTo("rwx------");
    }

    @Test
    void startsAfterAKill() throws Exception {
        var killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledInstance.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(killed.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).isEqualTo(137);
        var orphan = ProcessHandle.of(Long.parseLong(Files.readAllLines(directory.resolve("database/postmaster.pid"))
                .getFirst()
                .strip()));
        assertThat(orphan)
                .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());

        try (var home = EvenkeelHome.open(directory);
                var database = EmbeddedDatabase.start(home)) {
            assertThat(ask(database, "select text from kept")).isEqualTo("written before the kill");
        }
        assertThat(orphan)
                .hasValueSatisfying(process -> assertThat(process.isAlive()).isFalse());
    }

    @Test
    void startsAfterAKillInTheMiddleOfTheFirstStart() throws Exception {
        var data = Files.createDirectories(directory.resolve("database"));
        Files.createDirectories(data.resolve("base/1"));
        Files.writeString(data.resolve("PG_VERSION"), "18\n");
        Files.writeString(data.resolve("postgresql.conf"), "");

        try (var home = EvenkeelHome.open(directory);
                var database = EmbeddedDatabase.start(home)) {
            assertThat(ask(database, "select 1")).isEqualTo("1");
        }
        try (var entries = Files.list(directory)) {
            assertThat(entries)
                    .anySatisfy(
                            entry -> assertThat(entry.getFileName().toString()).startsWith("database.unfinished-"));
        }
    }

    @Test
    void refusesToStartOnAnotherHostThanTheOneThatIsAtWork() throws Exception {
        var first = new DatabaseHost("first", "boot-1");
        var second = new DatabaseHost("second", "boot-2");
        try (var home = EvenkeelHome.open(directory)) {
            try (var database = EmbeddedDatabase.start(home, first)) {
                // As on a volume whose locks do not reach from one host to another.
                assertThatThrownBy(() -> EmbeddedDatabase.start(home, second))
                        .isInstanceOf(UnusableHomeException.class)
                        .hasMessageContaining("in use by the host first, and this is second")
                        .hasMessageContaining("spring.datasource.url")
                        .hasMessageContaining(directory.resolve("database-host").toString());
                assertThat(ask(database, "select 1")).as("undisturbed").isEqualTo("1");
            }
            try (var database = EmbeddedDatabase.start(home, second)) {
                assertThat(ask(database, "select 1"))
                        .as("the first has stopped, and the volume has moved")
                        .isEqualTo("1");
            }
        }
    }

    @Test
    void startsWhereItWasKilledOnceTheHostIsUpAgain() throws Exception {
        try (var home = EvenkeelHome.open(directory)) {
            new DatabaseHost("host", "boot-1").claim(home);

            try (var database = EmbeddedDatabase.start(home, new DatabaseHost("host", "boot-2"))) {
                assertThat(ask(database, "select 1")).isEqualTo("1");
            }
            new DatabaseHost("container-1", "boot-2").claim(home);
            try (var database = EmbeddedDatabase.start(home, new DatabaseHost("container-2", "boot-2"))) {
                assertThat(ask(database, "select 1")).as("of the same kernel").isEqualTo("1");
            }
        }
        assertThat(directory.resolve("database-host")).doesNotExist();
    }

    @Test
    void refusesTheDataOfAnotherMajorVersion() throws IOException {
        Files.createDirectories(directory.resolve("database"));
        Files.writeString(directory.resolve("database/PG_VERSION"), "16\n");

        try (var home = EvenkeelHome.open(directory)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(home))
                    .isInstanceOf(UnusableHomeException.class)
                    .hasMessageContaining("PostgreSQL 16")
                    .hasMessageContaining("pg_dump")
                    .hasMessageContaining("spring.datasource.url");
        }
        assertThat(directory.resolve("database/PG_VERSION")).hasContent("16");
    }
}
