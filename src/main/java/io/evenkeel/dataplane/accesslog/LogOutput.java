package io.evenkeel.dataplane.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where lines are written, whole ones at a time. For one thread. */
interface LogOutput extends AutoCloseable {

    void write(JsonText lines) throws IOException;

    @Override
    void close() throws IOException;

    static LogOutput of(@Nullable Path file) {
        return file == null ? new Standard() : new Appended(file);
    }

    /** Standard output, past any logger. */
    final class Standard implements LogOutput {

        private final OutputStream out = new FileOutputStream(FileDescriptor.out);

        @Override
        public void write(JsonText lines) throws IOException {
            lines.writeTo(out);
        }

        /** It is everybody's. */
        @Override
        public void close() {}
    }

    /** A file that others may move or delete at any time: what is written next goes to a new one of its name. */
    final class Appended implements LogOutput {

        private final Path file;
        private @Nullable OutputStream out;
        private @Nullable Object key;

        Appended(Path file) {
            this.file = file;
        }

        @Override
        public void write(JsonText lines) throws IOException {
            var current = out;
            if (current == null || !Objects.equals(key, keyNow())) {
                close();
                var directory = file.toAbsolutePath().getParent();
                if (directory != null) {
                    Files.createDirectories(directory);
                }
                current = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                out = current;
                key = keyNow();
            }
            lines.writeTo(current);
        }

        /** What tells the file from another one of its name; null when there is none. */
        private @Nullable Object keyNow() throws IOException {
            try {
                return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            } catch (NoSuchFileException moved) {
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
                out = null;
            }
        }
    }
}
