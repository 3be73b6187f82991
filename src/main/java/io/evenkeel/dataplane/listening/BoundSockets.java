package io.evenkeel.dataplane.listening;

import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is bound, and what therefore, or for want of descriptors, need not be tried. */
final class BoundSockets {

    private final Descriptors descriptors;
    private final int socketsEach;
    private final Map<Endpoint.Binding, Endpoint.Key> bound = new HashMap<>();
    /** Found in this round not to be addresses of this host: their other ports are not tried. */
    private final Set<InetAddress> absent = new HashSet<>();

    /** @param socketsEach how many sockets a bound port has */
    BoundSockets(Descriptors descriptors, int socketsEach) {
        this.descriptors = descriptors;
        this.socketsEach = socketsEach;
    }

    /** What was absent may be here by now. */
    void newRound() {
        absent.clear();
    }

    /** Sockets share ports where the system lets them, so that this worker itself must see to it that none does. */
    boolean isRefused(ServedEndpoint served) {
        var endpoint = served.endpoint();
        var holder = bound.get(endpoint.binding());
        if (holder != null) {
            served.refuse(Reason.PORT_IN_USE, "Listener " + holder.listenerId() + " of this worker holds the port.");
        } else if ((bound.size() + 1L) * socketsEach > descriptors.forListening()) {
            served.refuse(
                    Reason.CANNOT_BIND,
                    "Of the %d file descriptors of this worker %d may listen, and they do."
                            .formatted(descriptors.limit(), descriptors.forListening()));
        } else if (isAbsent(endpoint)) {
            refuseAbsent(served);
        } else {
            return false;
        }
        return true;
    }

    boolean isAbsent(Endpoint endpoint) {
        return absent.contains(endpoint.bind().getAddress());
    }

    /** The endpoint was opened, or has a problem now. */
    void tried(ServedEndpoint served) {
        var endpoint = served.endpoint();
        if (served.isOpen()) {
            bound.put(endpoint.binding(), endpoint.key());
        } else if (served.problem()
                .filter(problem -> problem.reason() == Reason.ADDRESS_NOT_AVAILABLE)
                .isPresent()) {
            absent.add(endpoint.bind().getAddress());
            refuseAbsent(served);
        }
    }

    void closed(Endpoint endpoint) {
        bound.remove(endpoint.binding(), endpoint.key());
    }

    void clear() {
        bound.clear();
    }

    /** In the same words for every port, so that a problem does not seem to change with the port that was tried. */
    private static void refuseAbsent(ServedEndpoint served) {
        var address = served.endpoint().bind().getAddress().getHostAddress();
        served.refuse(Reason.ADDRESS_NOT_AVAILABLE, address + " is not an address of this worker's host.");
    }
}
