package io.evenkeel.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL is a daemon: it outlives a killed JVM, and holds the data directory that the next start needs. */
final class OrphanedPostgres {

    private static final Logger log = LoggerFactory.getLogger(OrphanedPostgres.class);
    private static final long PATIENCE_SECONDS = 30;

    private OrphanedPostgres() {}

    /** Stops the server that {@code postmaster.pid} names, if it is a process that works on this directory. */
    static void stop(Path data) {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        try (var lines = Files.lines(pidFile)) {
            long pid = Long.parseLong(lines.findFirst().orElse("0").strip());
            ProcessHandle.of(pid).filter(process -> worksOn(process, data)).ifPresent(OrphanedPostgres::stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            log.atWarn().addKeyValue("file", pidFile).log("Not a pid file of PostgreSQL; left to PostgreSQL itself");
        }
    }

    private static boolean worksOn(ProcessHandle process, Path data) {
        try {
            var commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            return commandLine.contains(data.toString());
        } catch (IOException e) {
            return process.info()
                    .commandLine()
                    .filter(line -> line.contains(data.toString()))
                    .isPresent();
        }
    }

    private static void stop(ProcessHandle process) {
        log.atWarn()
                .addKeyValue("pid", process.pid())
                .log("Stopping the PostgreSQL that a killed Evenkeel left behind");
        process.destroy();
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The PostgreSQL with pid " + process.pid() + " does not stop", e);
        }
    }
}
