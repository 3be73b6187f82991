package io.evenkeel.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The host that works on an embedded database. A file in the home names it while PostgreSQL runs: where a volume is shared
 * by hosts, locks and process ids of one mean nothing to another, and two servers on one directory destroy it.
 *
 * @param name of the host or container
 * @param boot names the running kernel; empty where that is not told. Containers of one kernel share it, and so share
 *     locks as well
 */
record DatabaseHost(String name, String boot) {

    private static final String FILE = "database-host";

    static DatabaseHost here() {
        return new DatabaseHost(firstLine("/proc/sys/kernel/hostname"), firstLine("/proc/sys/kernel/random/boot_id"));
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return file.endsWith("hostname") ? InetAddress.getLoopbackAddress().getHostName() : "";
        }
    }

    /**
     * From now on this host works on the database, until {@link #release}.
     *
     * @throws UnusableHomeException when another one does, or was killed while it did
     */
    void claim(EvenkeelHome home) {
        var holder = read(home);
        if (holder != null && isElsewhere(holder)) {
            throw new UnusableHomeException(
                    "The embedded database in " + home.file("database") + " is in use by the host " + holder.name()
                            + ", and this is " + name + ": it serves one host.",
                    "To run Evenkeel on several hosts, set spring.datasource.url, .username and .password to a"
                            + " PostgreSQL that all of them reach, and give each an evenkeel.home of its own. If "
                            + holder.name() + " is gone for good, delete " + home.file(FILE) + ".");
        }
        home.writeSecret(FILE, name + " " + boot);
    }

    void release(EvenkeelHome home) {
        home.deleteSecret(FILE);
    }

    /** A host that was started anew under its name holds nothing any more. */
    private boolean isElsewhere(DatabaseHost holder) {
        boolean isSameKernel = !boot.isEmpty() && boot.equals(holder.boot());
        return !isSameKernel && !name.equals(holder.name());
    }

    private static @Nullable DatabaseHost read(EvenkeelHome home) {
        var kept = home.readSecret(FILE);
        if (kept == null || kept.isBlank()) {
            return null;
        }
        var parts = kept.split(" ", 2);
        return new DatabaseHost(parts[0], parts.length > 1 ? parts[1] : "");
    }
}
