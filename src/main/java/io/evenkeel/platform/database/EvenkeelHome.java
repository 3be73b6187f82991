package io.evenkeel.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything one instance keeps: database, credentials, last-good state. Held by a file lock
 * for as long as the process lives, so that a second instance is refused.
 */
public final class EvenkeelHome implements AutoCloseable {

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private EvenkeelHome(Path directory, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * @throws UnusableHomeException when another instance holds the directory
     */
    static EvenkeelHome open(Path directory) {
        try {
            Files.createDirectories(directory, privateTo("rwx------"));
            var channel = FileChannel.open(
                    directory.resolve("evenkeel.lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    privateTo("rw-------"));
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new UnusableHomeException(
                        "Another Evenkeel instance uses " + directory + ".",
                        "Stop it, or give this one a home of its own: evenkeel.home=/another/directory. Instances that"
                                + " are to share a database need spring.datasource.url, .username and .password of it.");
            }
            return new EvenkeelHome(directory.toAbsolutePath(), channel, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + directory + " as evenkeel.home: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** A directory below the home, made when it is not there. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name), privateTo("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a file of this name lies in the home. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** The text of a secret file, or null when it is not there. */
    public @Nullable String readSecret(String name) {
        try {
            var file = file(name);
            return Files.exists(file) ? Files.readString(file).strip() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that its owner alone can read (mode 0600), replacing what was there as a whole. */
    public Path writeSecret(String name, String text) {
        try {
            var target = file(name);
            var fresh = file(name + ".new");
            Files.deleteIfExists(fresh);
            try {
                Files.createFile(fresh, privateTo("rw-------"));
            } catch (FileAlreadyExistsException e) {
                throw new IOException("Another process writes " + fresh, e);
            }
            // On the disk before the name points to it: without this file the database cannot be opened.
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var bytes = StandardCharsets.UTF_8.encode(text + "\n");
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    fresh,
                    target,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a secret file that nobody needs any more, if it is there. */
    public void deleteSecret(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] privateTo(String permissions) {
        boolean isPosix = java.nio.file.FileSystems.getDefault()
                .supportedFileAttributeViews()
                .contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
