package io.evenkeel.dataplane.tls.boringssl;

import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.delivery.KeyOpener;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of every listener of a worker. One that cannot be set up as it is wanted keeps what it had. For the control
 * thread alone.
 */
public final class ServerContexts {

    private static final Logger log = LoggerFactory.getLogger(ServerContexts.class);
    private static final List<String> HTTP_1 = List.of("http/1.1");
    private static final List<String> HTTP_2 = List.of("h2", "http/1.1");
    private static final Duration WARM_UP_BEFORE_START = Duration.ofMillis(700);
    private static final Duration WARM_UP_BESIDE_TRAFFIC = Duration.ofSeconds(3);
    private static final AtomicBoolean IS_WARM = new AtomicBoolean();

    /**
     * @param context null when there never was a usable one
     * @param complaint why it is not as wanted; null when it is
     */
    private record Entry(
            DesiredTls wanted,
            boolean isHttp,
            @Nullable ServerContext context,
            @Nullable String complaint) {}

    private final KeyOpener keys;
    private final TicketKeys tickets = new TicketKeys(System.nanoTime());
    private final Map<UUID, Entry> entries = new HashMap<>();
    private boolean hasStarted;

    public ServerContexts(KeyOpener keys) {
        this.keys = keys;
    }

    /** Takes what a listener wants from now on; the same again does nothing, unless it did not work. */
    public void update(UUID listenerId, DesiredTls wanted, boolean isHttp) {
        var before = entries.get(listenerId);
        boolean isSame =
                before != null && before.isHttp() == isHttp && before.wanted().equals(wanted);
        if (before != null && isSame && before.complaint() == null) {
            return;
        }
        try {
            var context = ServerContext.of(listenerId, wanted, isHttp ? versionsOf(wanted) : List.of(), keys, tickets);
            entries.put(listenerId, new Entry(wanted, isHttp, context, null));
            warmUp(context);
        } catch (TlsUnusableException e) {
            var last = before == null ? null : before.context();
            entries.put(listenerId, new Entry(wanted, isHttp, last, e.getMessage()));
            if (!isSame) {
                log.atWarn().addKeyValue("listenerId", listenerId).log("TLS is not as configured: {}", e.getMessage());
            }
        }
    }

    private static List<String> versionsOf(DesiredTls wanted) {
        return wanted.offersHttp2() ? HTTP_2 : HTTP_1;
    }

    /** Once in a process: before the first port opens at the start of a worker, later beside the traffic. */
    private void warmUp(ServerContext context) {
        if (!IS_WARM.compareAndSet(false, true)) {
            return;
        } else if (hasStarted) {
            Thread.ofPlatform()
                    .daemon()
                    .name("evenkeel-tls-warm-up")
                    .start(() -> WarmUp.run(context, WARM_UP_BESIDE_TRAFFIC));
        } else {
            WarmUp.run(context, WARM_UP_BEFORE_START);
        }
    }

    /** What was served before the start is served again; from now on nothing waits. */
    public void started() {
        hasStarted = true;
    }

    public void remove(UUID listenerId) {
        entries.remove(listenerId);
    }

    /** How the listener does TLS now; null when it cannot. */
    public @Nullable ServerContext find(UUID listenerId) {
        var entry = entries.get(listenerId);
        return entry == null ? null : entry.context();
    }

    /** Why the listener's TLS is not as it is wanted, for a user to read. */
    public Optional<String> complaint(UUID listenerId) {
        return Optional.ofNullable(entries.get(listenerId)).map(Entry::complaint);
    }

    /** To be called now and then: changes the keys of session tickets when it is time. */
    public void tick() {
        if (tickets.renewIfDue(System.nanoTime())) {
            for (var entry : entries.values()) {
                if (entry.context() != null) {
                    entry.context().use(tickets);
                }
            }
        }
    }
}
