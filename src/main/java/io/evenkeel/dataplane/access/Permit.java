package io.evenkeel.dataplane.access;

import java.net.InetAddress;

/** That a client was let in: asked for again at each step, looked up again only when the group is another. */
public final class Permit {

    private final InetAddress client;
    /** Not the one that the client was let in by, which may have been swapped since. */
    private ClientFilter by = ClientFilter.ANYBODY;

    /** Of one that was let in. */
    public Permit(InetAddress client) {
        this.client = client;
    }

    // A group is one object, swapped whole.
    @SuppressWarnings("ReferenceEquality")
    public boolean holds(ListenerGate gate) {
        var current = gate.clients();
        if (current == by) {
            return true;
        }
        if (!current.permits(client)) {
            return false;
        }
        by = current;
        return true;
    }
}
