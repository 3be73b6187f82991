package io.evenkeel.dataplane.udp;

import io.evenkeel.dataplane.access.ListenerGate;
import io.evenkeel.dataplane.access.Permit;
import io.evenkeel.dataplane.accesslog.LogLine;
import io.evenkeel.dataplane.pool.ClientKey;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's address and the way to the member that serves it. Lives on one loop. */
final class UdpSession implements SessionTable.OfClient {

    private static final Logger log = LoggerFactory.getLogger(UdpSession.class);
    // With more of them unreachable at once, one of them may as well be tried again.
    private static final int MAX_AVOIDED = 2;

    private final UdpSessions sessions;
    private final ListenerSettings settings;
    private final InetSocketAddress client;
    private final long clientKey;
    private final Permit permit;
    private @Nullable LogLine line;
    private @Nullable String reason;
    private @Nullable MemberLeg leg;
    private List<Member> unreachable = List.of();
    private long movedAt;

    // Belong to QuietLine.
    @Nullable
    UdpSession before;

    @Nullable
    UdpSession after;

    UdpSession(UdpSessions sessions, ListenerSettings settings, InetSocketAddress client) {
        this.sessions = sessions;
        this.settings = settings;
        this.client = client;
        clientKey = ClientKey.of(client.getAddress());
        permit = new Permit(client.getAddress());
        var log = settings.log();
        line = log == null ? null : new LogLine(log, sessions.loop(), client, null);
    }

    @Override
    public InetSocketAddress client() {
        return client;
    }

    UdpSessions sessions() {
        return sessions;
    }

    long clientKey() {
        return clientKey;
    }

    long movedAt() {
        return movedAt;
    }

    void movedAt(long nanos) {
        movedAt = nanos;
    }

    void opened() {
        count(Count.ACCEPTED, 1);
        count(Count.OPEN, 1);
    }

    ListenerGate gate() {
        return settings.gate();
    }

    /** Ends when the client may no longer come. */
    private boolean isPermitted() {
        boolean isPermitted = permit.holds(gate());
        if (!isPermitted) {
            count(Count.REFUSED_IP_GROUP, 1);
            reason = "ip-group";
            end();
        }
        return isPermitted;
    }

    /** Returns false when the datagram went nowhere. */
    boolean fromClient(MemorySegment bytes) {
        if (!isPermitted()) {
            return false;
        }
        sessions.moved(this);
        var to = leg == null ? pickMember() : leg;
        if (to == null && unreachable.isEmpty()) {
            // Nobody to go to and nothing to remember.
            reason = "no-healthy-member";
            end();
        }
        boolean isSent = to != null && to.send(bytes);
        if (isSent && line != null) {
            line.received(bytes.byteSize());
        }
        return isSent;
    }

    /** An answer for the client. */
    void fromMember(MemorySegment bytes) {
        if (!isPermitted()) {
            return;
        }
        sessions.moved(this);
        if (!sessions.port().send(bytes, client)) {
            count(Count.DROPPED, 1);
        } else if (line != null) {
            line.sent(bytes.byteSize());
        }
    }

    /** The client's next datagram goes to another member. */
    void memberFailed(Member member, String why) {
        leg = null;
        log.atDebug()
                .addKeyValue("loadBalancerId", settings.loadBalancerId())
                .addKeyValue("listenerId", settings.listenerId())
                .addKeyValue("memberId", member.id())
                .log("A member cannot be reached: {}", why);
        unreachable = unreachable.size() < MAX_AVOIDED ? new ArrayList<>(unreachable) : new ArrayList<>();
        unreachable.add(member);
    }

    /** Ends it, whatever moves. A datagram that comes later begins another one. */
    void end() {
        if (leg != null) {
            leg.end();
            leg = null;
        }
        sessions.forget(this);
        count(Count.OPEN, -1);
        if (line != null) {
            line.end(0, reason);
            line = null;
        }
    }

    private @Nullable MemberLeg pickMember() {
        var pool = settings.pool();
        var kept = pool == null || !unreachable.isEmpty()
                ? null
                : pool.pickKept(sessions.loop().index(), clientKey);
        var member = pool == null || kept != null ? kept : pick(pool);
        if (pool != null && member != null) {
            var counts = settings.traffic().at(sessions.loop().index(), pool, member);
            if (line != null) {
                line.picked(pool, member, settings.vip().getPort());
            }
            counts.client(clientKey);
            leg = MemberLeg.open(
                    this, pool, member, member.addressFor(settings.vip().getPort()), counts);
        }
        if (leg != null && kept != null) {
            leg.countStuck();
            if (line != null) {
                line.stuck();
            }
        }
        return leg;
    }

    private @Nullable Member pick(MemberPool pool) {
        int loop = sessions.loop().index();
        var other = unreachable.isEmpty() ? null : pool.pickOther(loop, clientKey, unreachable);
        return other == null ? pool.pick(loop, clientKey) : other;
    }

    private void count(Count what, long amount) {
        settings.traffic().own(sessions.loop().index()).add(what, amount);
    }
}
