package io.evenkeel.dataplane.udp;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.TrafficCell;
import io.evenkeel.dataplane.transport.DatagramPeer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pick of a member: attached from the pick to its end, released once. */
final class MemberLeg implements DatagramPeer.Handler, Member.Attachment {

    private static final Logger log = LoggerFactory.getLogger(MemberLeg.class);

    private final UdpSession session;
    private final MemberPool pool;
    private final Member member;
    private final TrafficCell traffic;
    private @Nullable DatagramPeer peer;
    private boolean hasAnswered;

    private MemberLeg(UdpSession session, MemberPool pool, Member member, TrafficCell traffic) {
        this.session = session;
        this.pool = pool;
        this.member = member;
        this.traffic = traffic;
    }

    /** Null when there is no socket to be had for it: trouble of our own, which says nothing of the member. */
    static @Nullable MemberLeg open(
            UdpSession session, MemberPool pool, Member member, InetSocketAddress address, TrafficCell traffic) {
        var leg = new MemberLeg(session, pool, member, traffic);
        traffic.count(Count.PICKED);
        traffic.count(Count.ACTIVE);
        member.attach(leg.loop(), leg);
        try {
            leg.peer = session.sessions().loop().connectDatagrams(address, leg);
            return leg;
        } catch (IOException noSocket) {
            log.atDebug()
                    .addKeyValue("memberId", member.id())
                    .setCause(noSocket)
                    .log("No socket for a UDP session");
            leg.end();
            return null;
        }
    }

    /** The client belongs to this member. */
    void countStuck() {
        traffic.stuck(session.clientKey());
    }

    boolean send(MemorySegment bytes) {
        if (peer == null || !peer.send(bytes)) {
            return false;
        }
        traffic.add(Count.BYTES_IN, bytes.byteSize());
        return true;
    }

    @Override
    public void onDatagram(MemorySegment bytes) {
        hasAnswered = true;
        traffic.add(Count.BYTES_OUT, bytes.byteSize());
        session.fromMember(bytes);
    }

    @Override
    public void onUnreachable(IOException cause) {
        fail(cause);
    }

    /** A session is busy as long as it lives. */
    @Override
    public void onMemberLeft() {}

    @Override
    public void cut() {
        session.end();
    }

    void end() {
        if (peer != null) {
            peer.close();
        }
        traffic.add(Count.ACTIVE, -1);
        member.detach(loop(), this);
        pool.release(loop(), member, session.clientKey());
    }

    private void fail(IOException cause) {
        if (!hasAnswered) {
            traffic.count(Count.CONNECT_FAILURES);
        }
        traffic.count(Count.FAILURES);
        end();
        session.memberFailed(member, String.valueOf(cause.getMessage()));
    }

    private int loop() {
        return session.sessions().loop().index();
    }
}
