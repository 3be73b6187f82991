package io.evenkeel.outage.postgres;

import io.evenkeel.outage.load.Ports;
import io.evenkeel.outage.load.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of our own on a directory of its own, as a child process, without a password. What is committed
 * outlives its death, since the system that it runs on does not die with it. On one thread.
 */
public final class Postgres implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final Path data;
    private final int port;
    private @Nullable Process process;

    private Postgres(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** A new, empty one that runs. */
    public static Postgres start(Path directory) throws IOException {
        var made = new Postgres(directory.resolve("data"), Ports.free(HOST));
        Clusters.copy(Clusters.template(), made.data, true);
        made.start();
        return made;
    }

    /** A copy of this one, which runs on, as it is now: to be opened later. */
    public Postgres backup(Path directory) throws IOException, SQLException {
        var copy = new Postgres(directory.resolve("data"), Ports.free(HOST));
        copyTo(copy.data);
        Clusters.copyLog(data, copy.data);
        return copy;
    }

    /** Another one that follows this one over the given port, which leads to it; it runs. */
    public Postgres standby(Path directory, int primaryPort) throws IOException, SQLException {
        var standby = new Postgres(directory.resolve("data"), Ports.free(HOST));
        copyTo(standby.data);
        Clusters.copyLog(data, standby.data);
        Files.createFile(standby.data.resolve("standby.signal"));
        var settings = """
                primary_conninfo = 'host=127.0.0.1 port=%d user=%s'
                wal_retrieve_retry_interval = '100ms'
                """.formatted(primaryPort, Clusters.user());
        Files.writeString(
                standby.data.resolve("postgresql.auto.conf"),
                settings,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        standby.start();
        return standby;
    }

    private void copyTo(Path to) throws IOException, SQLException {
        try (var connection = connect()) {
            ask(connection, "select pg_backup_start('copy', true)");
            Clusters.copy(data, to, false);
            var label = ask(connection, "select labelfile from pg_backup_stop(false)");
            Files.writeString(to.resolve("backup_label"), label);
        }
    }

    /** Makes it the one that takes writes, with what has come to it so far. */
    public void promote() throws SQLException {
        ask("select pg_promote(true, 60)");
    }

    /** Up to which byte of the log it has everything. */
    public String position() throws SQLException {
        return ask("select pg_current_wal_lsn()");
    }

    /** One that follows has everything up to there. */
    public boolean hasReplayed(String position) throws SQLException {
        return ask("select pg_last_wal_replay_lsn() >= '" + position + "'").equals("t");
    }

    /** The first column of the answer's only row, as text; empty where it is null. */
    public String ask(String question) throws SQLException {
        try (var connection = connect()) {
            return ask(connection, question);
        }
    }

    /** The documented step after a backup was restored, before anybody else connects. */
    public void renewIncarnation() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("update incarnation set id = gen_random_uuid()");
        }
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            rows.next();
            return Objects.requireNonNullElse(rows.getString(1), "");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port), Clusters.user(), "");
    }

    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public static String user() {
        return Clusters.user();
    }

    public int port() {
        return port;
    }

    /** Returns when it answers. */
    public void start() throws IOException {
        var command = new ArrayList<String>();
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0) {
            // It refuses to run as root, and takes the user of an empty namespace for another.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(Clusters.program(), "-D", data.toString(), "-p", Integer.toString(port)));
        for (var setting : List.of(
                "listen_addresses=" + HOST,
                "unix_socket_directories=",
                "fsync=off",
                "synchronous_commit=on",
                "shared_buffers=32MB",
                "max_connections=100",
                "wal_keep_size=64MB")) {
            command.addAll(List.of("-c", setting));
        }
        var log = data.resolveSibling("postgres.log");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitAnswer(log);
    }

    private void awaitAnswer(Path log) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline || !running().isAlive()) {
                throw new AssertionError("PostgreSQL does not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private boolean answers() {
        try {
            return ask("select 1").equals("1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** An orderly end: clients lose their connections, and everything is written. */
    public void stop() {
        Signals.INTERRUPT.send(running().pid());
        await(running().toHandle());
    }

    /** The end of a process that is killed, with all that it has started. */
    public void kill() {
        var all = running().descendants().toList();
        running().destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        await(running().toHandle());
        all.forEach(Postgres::await);
    }

    private Process running() {
        return Objects.requireNonNull(process, "never started");
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new AssertionError("Process " + process.pid() + " does not end", e);
        }
    }

    /** Ends it, if it runs, and deletes its directory. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
        try {
            if (Files.exists(data)) {
                Clusters.delete(data);
            }
        } catch (UncheckedIOException e) {
            throw new AssertionError("Left behind: " + data, e);
        }
    }
}
