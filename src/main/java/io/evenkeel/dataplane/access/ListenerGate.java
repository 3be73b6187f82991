package io.evenkeel.dataplane.access;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.desiredstate.DesiredAccess;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in to all ports of a listener, or not. What it counts lives through every change of its rules: a lower
 * limit closes nothing that is open. Asked on loops, each with its own index; one other thread
 * changes its rules.
 */
public final class ListenerGate {

    private final OpenCount open;
    private final ConnectionRate rate = new ConnectionRate(System.nanoTime());
    private volatile Rules rules = new Rules(DesiredAccess.UNLIMITED, ClientFilter.ANYBODY);

    private record Rules(DesiredAccess access, ClientFilter clients) {}

    /** Open to anybody. */
    public ListenerGate(int loops) {
        open = new OpenCount(loops);
    }

    /**
     * What these rules come to, to be put in force by {@link Next#apply}.
     *
     * @throws IllegalArgumentException when they make no sense
     */
    public Next prepare(DesiredAccess next) {
        var now = rules;
        boolean isSameGroup = next.ipGroup().equals(now.access.ipGroup());
        return new Next(new Rules(next, isSameGroup ? now.clients : filter(next)), !isSameGroup);
    }

    /** Rules to come. */
    public final class Next {
        private final Rules rules;
        private final boolean isOtherGroup;

        private Next(Rules rules, boolean isOtherGroup) {
            this.rules = rules;
            this.isOtherGroup = isOtherGroup;
        }

        /** They hold from now on; returns whether clients that were let in may have to leave. */
        public boolean apply() {
            ListenerGate.this.rules = rules;
            return isOtherGroup && rules.access.ipGroup().isPresent();
        }
    }

    private static ClientFilter filter(DesiredAccess access) {
        return access.ipGroup().map(ClientFilter::of).orElse(ClientFilter.ANYBODY);
    }

    /** The same object as long as the group is the same. */
    public ClientFilter clients() {
        return rules.clients;
    }

    /**
     * A client asks to come in.
     *
     * @param nanoTime of the loop
     * @return empty when it did, to be followed by one {@link #left}; else as what it is to be counted
     */
    public Optional<Count> enter(int loop, InetAddress client, long nanoTime) {
        return Optional.ofNullable(refusal(loop, client, nanoTime));
    }

    private @Nullable Count refusal(int loop, InetAddress client, long nanoTime) {
        var current = rules;
        if (!current.clients.permits(client)) {
            return Count.REFUSED_IP_GROUP;
        }
        if (!open.add(loop, current.access.maxConnections())) {
            return Count.REFUSED_CONNECTION;
        }
        int limit = current.access.maxConnectionsPerSecond();
        if (limit > 0 && !rate.take(limit, nanoTime)) {
            open.remove(loop);
            return Count.REFUSED_CPS;
        }
        return null;
    }

    /** One that came in has gone. */
    public void left(int loop) {
        open.remove(loop);
    }
}
