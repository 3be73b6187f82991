package io.evenkeel.dataplane.udp;

import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.EventLoop;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sessions of one port on one loop, and when they expire. */
final class UdpSessions implements DatagramPort.Handler {

    private final DatagramPort port;
    private final EventLoop loop;
    private final Supplier<ListenerSettings> settings;
    private final SessionBudget budget;
    private final SessionTable<UdpSession> table = new SessionTable<>(System.nanoTime());
    private final QuietLine line = new QuietLine();
    private EventLoop.@Nullable Timer expiry;

    UdpSessions(DatagramPort port, Supplier<ListenerSettings> settings, SessionBudget budget) {
        this.port = port;
        this.loop = port.loop();
        this.settings = settings;
        this.budget = budget;
    }

    @Override
    public void onDatagram(InetSocketAddress from, MemorySegment bytes) {
        var session = table.find(from);
        if (session == null) {
            session = open(from);
        }
        if (session == null || !session.fromClient(bytes)) {
            settings.get().traffic().own(loop.index()).count(Count.DROPPED);
        }
    }

    @Override
    public void onRefused(int count) {
        settings.get().traffic().own(loop.index()).add(Count.DROPPED, count);
    }

    @Override
    public void onClosed() {
        if (expiry != null) {
            expiry.cancel();
        }
        for (var oldest = line.longestQuiet(); oldest != null; oldest = line.longestQuiet()) {
            oldest.end();
        }
    }

    DatagramPort port() {
        return port;
    }

    EventLoop loop() {
        return loop;
    }

    /** Something moved: of all sessions this one is now the last to expire. */
    void moved(UdpSession session) {
        session.movedAt(loop.nanoTime());
        line.moveToEnd(session);
    }

    /** The session is over. */
    void forget(UdpSession session) {
        table.remove(session);
        line.remove(session);
        budget.give(loop.index());
        session.gate().left(loop.index());
    }

    private @Nullable UdpSession open(InetSocketAddress client) {
        var current = settings.get();
        if (!isLetIn(client, current)) {
            return null;
        }
        var session = new UdpSession(this, current, client);
        session.movedAt(loop.nanoTime());
        table.add(session);
        line.add(session);
        session.opened();
        if (expiry == null) {
            expiry = loop.schedule(idleTime(), this::expire);
        }
        return session;
    }

    private boolean isLetIn(InetSocketAddress client, ListenerSettings current) {
        if (!budget.take(loop.index())) {
            return false;
        }
        var refusal = current.gate().enter(loop.index(), client.getAddress(), loop.nanoTime());
        refusal.ifPresent(count -> {
            current.traffic().own(loop.index()).count(count);
            budget.give(loop.index());
        });
        return refusal.isEmpty();
    }

    private void expire() {
        expiry = null;
        var idleTime = idleTime();
        for (var oldest = line.longestQuiet(); oldest != null; oldest = line.longestQuiet()) {
            var rest = idleTime.minusNanos(loop.nanoTime() - oldest.movedAt());
            if (rest.isPositive()) {
                expiry = loop.schedule(rest, this::expire);
                return;
            }
            oldest.end();
        }
    }

    private Duration idleTime() {
        return settings.get().keepaliveTimeout();
    }
}
