package io.evenkeel.platform.database;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A process of its own that works on a home and ends as by {@code kill -9}: nothing is closed, PostgreSQL runs on. */
final class KilledInstance {

    private KilledInstance() {}

    public static void main(String[] arguments) throws SQLException {
        var database = EmbeddedDatabase.start(EvenkeelHome.open(Path.of(arguments[0])));
        try (var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var statement = connection.createStatement()) {
            statement.execute("create table kept as select 'written before the kill' as text");
        }
        Runtime.getRuntime().halt(137);
    }
}
