package io.evenkeel.bench.controlplane;

import io.evenkeel.bench.controlplane.fill.Loader;
import io.evenkeel.bench.controlplane.fill.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A home whose database is filled. It is kept for the next run, and filled anew when the migrations or the fill itself
 * have changed.
 */
final class FilledHome {

    private static final Logger log = LoggerFactory.getLogger(FilledHome.class);
    private static final Path HOMES = Path.of("target", "bench-homes");

    private FilledHome() {}

    /** A running service on the filled home. */
    static Instance open(Size size) throws IOException, SQLException {
        var home = HOMES.resolve(size.members() + "-members").toAbsolutePath();
        var mark = home.resolve("filled-as");
        var wanted = fingerprint(size);
        if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
            log.info("The home {} is filled already", home);
            return new Instance(home);
        }
        delete(home);
        var instance = new Instance(home);
        try (var connection = instance.connect()) {
            Loader.fill(size, instance.api(), connection);
            Files.writeString(mark, wanted);
        } catch (IOException | SQLException | RuntimeException e) {
            instance.close();
            throw e;
        }
        return instance;
    }

    /** Of everything that decides what the database holds. */
    private static String fingerprint(Size size) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(size.toString().getBytes(StandardCharsets.UTF_8));
            for (var directory : new Path[] {
                Path.of("db", "migration"),
                Path.of("src", "bench", "java", "io", "evenkeel", "bench", "controlplane", "fill")
            }) {
                try (var files = Files.list(directory)) {
                    for (var file : files.sorted().toList()) {
                        digest.update(Files.readAllBytes(file));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path home) throws IOException {
        if (Files.exists(home)) {
            try (var files = Files.walk(home)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
