package io.evenkeel.dataplane.udp;

import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.DatagramPort;
import java.util.function.Supplier;

/**
 * Serves a UDP listener. The first datagram of a client's address and port picks a member; what the client sends goes
 * to it, what the member answers goes back from the listener's address. A session ends when nothing moved either way
 * for {@link ListenerSettings#keepaliveTimeout}.
 *
 * <p>When the network tells that the member's port is unreachable, the pick has failed and the client's next datagram
 * goes to another member where there is one. A member that leaves keeps its sessions, one that was stopped loses them.
 * What has no member, or no room in the {@link SessionBudget}, is dropped and counted, and so is what the listener's gate
 * does not let in. A session whose client may no longer come ends at its next datagram, whichever way it goes.
 */
public final class UdpProxy implements DatagramPort.Opener {

    private final Supplier<ListenerSettings> settings;
    private final SessionBudget budget;

    /** @param settings asked on a loop, once for each session and when sessions may have expired */
    public UdpProxy(Supplier<ListenerSettings> settings, SessionBudget budget) {
        this.settings = settings;
        this.budget = budget;
    }

    @Override
    public DatagramPort.Handler open(DatagramPort port) {
        return new UdpSessions(port, settings, budget);
    }
}
