package io.evenkeel.dataplane.pool;

import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * A backend server in a group, with what lives longer than one configuration: counts and open connections.
 * Keyed by member id and carried over from snapshot to snapshot.
 */
public interface Member {

    UUID id();

    /** Numeric, never looked up. In a pool that uses the listener's port the port is 0. */
    InetSocketAddress address();

    /** Where to connect for a client that used that port of the listener. */
    default InetSocketAddress addressFor(int clientPort) {
        var own = address();
        return own.getPort() > 0 ? own : new InetSocketAddress(own.getAddress(), clientPort);
    }

    /** False once it left (removed, unhealthy, weight 0, stopped): idle connections to it are of no use any more. */
    boolean takesNew(int loop);

    /** Tells of a connection to this member, so that it hears when the member leaves. On the connection's loop. */
    void attach(int loop, Attachment connection);

    void detach(int loop, Attachment connection);

    /** A connection to a member. Called on the connection's loop. */
    interface Attachment {

        /** The member takes nothing new: an idle connection closes, a busy one finishes first. */
        void onMemberLeft();

        /** The server was stopped: close at once, whatever is under way. */
        void cut();
    }
}
