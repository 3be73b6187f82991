package io.evenkeel.dataplane.lastgood;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.evenkeel.desiredstate.ResourceKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file a resource, replaced atomically. What cannot be read is set aside and never stops anything. */
final class LastGoodDirectory {

    private static final Logger log = LoggerFactory.getLogger(LastGoodDirectory.class);
    private static final String SUFFIX = ".lastgood";

    private final Path directory;
    private final LastGoodFormat format;

    LastGoodDirectory(Path directory, LastGoodFormat format) {
        this.directory = directory;
        this.format = format;
    }

    /** Everything that can be read, in no order. */
    List<LastGood> load() throws IOException {
        Files.createDirectories(directory);
        var loaded = new ArrayList<LastGood>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (name(file).endsWith(SUFFIX)) {
                    read(file, loaded);
                } else if (name(file).endsWith(".tmp")) {
                    Files.deleteIfExists(file);
                }
            }
        }
        return loaded;
    }

    /** On return the state is on disk: the new one, or after a crash the old one or the new one, never a mixture. */
    void write(LastGood lastGood) throws IOException {
        var file = file(lastGood.resource().kind(), lastGood.resource().id());
        var temporary = directory.resolve(name(file) + ".tmp");
        try (var channel = FileChannel.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE)) {
            var bytes = ByteBuffer.wrap(format.encode(lastGood));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    void delete(ResourceKind kind, UUID id) throws IOException {
        Files.deleteIfExists(file(kind, id));
    }

    /** Makes the names of the files written last durable as well. */
    void sync() throws IOException {
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private void read(Path file, List<LastGood> loaded) {
        try {
            var lastGood = format.decode(Files.readAllBytes(file));
            if (!file(lastGood.resource().kind(), lastGood.resource().id()).equals(file)) {
                throw new IOException("The file holds another resource than its name says");
            }
            loaded.add(lastGood);
        } catch (IOException | RuntimeException e) {
            setAside(file, e);
        }
    }

    private void setAside(Path file, Exception cause) {
        log.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("reason", cause)
                .log("A last-good state cannot be read and is set aside; the control plane sends it again");
        try {
            Files.move(file, directory.resolve(name(file) + ".unreadable"), ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file).setCause(e).log("A file cannot be set aside");
        }
    }

    private Path file(ResourceKind kind, UUID id) {
        return directory.resolve(kind.name().toLowerCase(Locale.ROOT) + '-' + id + SUFFIX);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
