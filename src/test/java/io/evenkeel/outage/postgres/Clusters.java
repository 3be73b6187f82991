package io.evenkeel.outage.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Data directories of PostgreSQL, and where its programs are. */
final class Clusters {

    private static final String USER = "postgres";
    private static @Nullable Path template;

    private Clusters() {}

    /** An empty cluster that has never run but to be made; made once in this process. */
    static synchronized Path template() throws IOException {
        if (template == null) {
            var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "clusters")), "new")
                    .toAbsolutePath();
            var data = directory.resolve("data");
            // One that starts has unpacked its programs and initialised its directory, which is all that is wanted.
            EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(directory.toFile())
                    // In megabytes: small, so that a cluster is copied in a moment.
                    .setLocaleConfig("wal-segsize", "1")
                    .start()
                    .close();
            template = data;
        }
        return template;
    }

    static String user() {
        return USER;
    }

    /** The server's program, as the one that made the template was called. */
    static String program() throws IOException {
        var line = Files.readString(template().resolve("postmaster.opts"));
        return line.substring(0, line.indexOf(' '));
    }

    /** Copies what a server reads when it starts; files that go while it is copied are passed over. */
    static void copy(Path from, Path to, boolean isWithLog) throws IOException {
        Files.createDirectories(to);
        Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                boolean isLog = from.relativize(directory).startsWith("pg_wal");
                return isLog && !isWithLog ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.getFileName().toString().startsWith("postmaster.")) {
                    copyIfThere(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    /** The log that a copy needs to be opened. */
    static void copyLog(Path from, Path to) throws IOException {
        var log = to.resolve("pg_wal");
        copy(from.resolve("pg_wal"), log, true);
        Files.createDirectories(log.resolve("archive_status"));
        Files.createDirectories(log.resolve("summaries"));
    }

    private static void copyIfThere(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            // The server needed it no longer.
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
