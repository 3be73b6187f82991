package io.evenkeel.agentsync.feed;

import io.evenkeel.desiredstate.delivery.Epoch;
import io.evenkeel.platform.database.EvenkeelHome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * In which epoch the database is. The number is kept in the home, so that it grows over restarts of this node as well:
 * the worker's last-good state carries it.
 */
@Component
public class Epochs {

    private static final String FILE = "epoch";

    private final JdbcClient jdbc;
    private final EvenkeelHome home;
    private Epoch last;

    public Epochs(JdbcClient jdbc, EvenkeelHome home) {
        this.jdbc = jdbc;
        this.home = home;
        this.last = read(home);
    }

    private static Epoch read(EvenkeelHome home) {
        var kept = home.readSecret(FILE);
        if (kept == null) {
            return new Epoch(0, "");
        }
        var parts = kept.split(" ", 2);
        return new Epoch(Long.parseLong(parts[0]), parts.length > 1 ? parts[1] : "");
    }

    /**
     * The epoch of the database behind the current transaction. The timeline is that of the log being written: the one
     * in the control file stays old until the first checkpoint after a failover.
     */
    public synchronized Epoch current() {
        var identity = jdbc.sql("""
                        select s.system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' || i.id
                        from pg_control_system() s, incarnation i
                        """).query((row, n) -> row.getString(1)).single();
        if (!last.identity().equals(identity)) {
            last = new Epoch(last.number() + 1, identity);
            home.writeSecret(FILE, last.number() + " " + last.identity());
        }
        return last;
    }
}
