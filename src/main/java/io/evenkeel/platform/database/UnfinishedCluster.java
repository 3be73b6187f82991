package io.evenkeel.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A first start that was killed leaves a data directory that PostgreSQL can neither open nor fill again. */
final class UnfinishedCluster {

    private static final Logger log = LoggerFactory.getLogger(UnfinishedCluster.class);

    /** template1, template0 and, made last, postgres, which holds all that is ours. */
    private static final int DATABASES = 3;

    private UnfinishedCluster() {}

    /** Moves the directory away if its initialisation did not come to an end. Nothing is deleted. */
    static void setAside(Path data) {
        try {
            if (!Files.exists(data.resolve("PG_VERSION")) || databases(data.resolve("base")) >= DATABASES) {
                return;
            }
            var aside = data.resolveSibling(data.getFileName() + ".unfinished-" + UUID.randomUUID());
            Files.move(data, aside);
            log.atWarn()
                    .addKeyValue("directory", aside)
                    .log("The first start was interrupted; what it left is set aside and may be deleted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long databases(Path base) throws IOException {
        if (!Files.isDirectory(base)) {
            return 0;
        }
        try (var directories = Files.list(base)) {
            return directories
                    .filter(directory -> directory.getFileName().toString().matches("[0-9]+"))
                    .count();
        }
    }
}
