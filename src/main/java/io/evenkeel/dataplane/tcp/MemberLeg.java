package io.evenkeel.dataplane.tcp;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.tls.TlsConnector;
import io.evenkeel.dataplane.tls.boringssl.ClientContext;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.TrafficCell;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.OwnTroubleException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One pick of a member: attached from the pick to its end, released once, whatever happens to the connection. */
final class MemberLeg implements ConnectionHandler, Member.Attachment {

    private final TcpSession session;
    private final MemberPool pool;
    private final Member member;
    private final TrafficCell traffic;
    private @Nullable Connection connection;
    private boolean isEnded;

    MemberLeg(TcpSession session, MemberPool pool, Member member, TrafficCell traffic) {
        this.session = session;
        this.pool = pool;
        this.member = member;
        this.traffic = traffic;
        count(Count.PICKED, 1);
        count(Count.ACTIVE, 1);
    }

    void count(Count what, long amount) {
        traffic.add(what, amount);
    }

    /** The client belongs to this member. */
    void countStuck() {
        traffic.stuck(session.clientKey());
    }

    void connect(InetSocketAddress address, Duration timeout) {
        member.attach(session.loop().index(), this);
        if (pool.speaksTls()) {
            // What tells of the client goes ahead of TLS, as the specification of the PROXY protocol has it.
            TlsConnector.connect(session.loop(), address, timeout, ClientContext.tcp(), session.proxyHeader(), this);
        } else {
            session.loop().connect(address, timeout, this);
        }
    }

    /** False when the member does not keep up; {@link #onWritable} goes on. */
    boolean send(MemorySegment bytes) {
        if (connection == null) {
            return false;
        }
        count(Count.BYTES_IN, bytes.byteSize());
        session.received(bytes.byteSize());
        connection.write(bytes);
        connection.flush();
        return connection.isWritable();
    }

    void endOutput() {
        if (connection != null) {
            connection.shutdownOutput();
        }
    }

    void resumeReading() {
        if (connection != null) {
            connection.resumeReading();
        }
    }

    void close() {
        if (connection != null) {
            connection.close();
        }
    }

    void reset() {
        if (connection != null) {
            connection.reset();
        }
    }

    /** A reset is passed on; a leg that is not connected yet is given up. */
    void clientClosed(@Nullable IOException cause) {
        if (connection == null) {
            end();
            session.memberClosed();
        } else if (cause == null) {
            connection.close();
        } else {
            connection.reset();
        }
    }

    @Override
    public void onConnected(Connection established) {
        if (isEnded) {
            established.reset();
            return;
        }
        connection = established;
        count(Count.CONNECTED, 1);
        if (!pool.speaksTls()) {
            sendProxyHeader(established);
        }
        session.memberConnected(established);
    }

    private void sendProxyHeader(Connection established) {
        var header = session.proxyHeader();
        if (header != null) {
            established.write(header);
            established.flush();
        }
    }

    @Override
    public void onConnectFailed(IOException cause) {
        if (isEnded) {
            return;
        }
        if (cause instanceof OwnTroubleException) {
            end();
            session.ownTrouble();
        } else {
            end();
            count(Count.CONNECT_FAILURES, 1);
            session.memberFailed(this, pool, member, String.valueOf(cause.getMessage()));
        }
    }

    @Override
    public void onData(Connection from, MemorySegment bytes) {
        session.moved();
        count(Count.BYTES_OUT, bytes.byteSize());
        session.sent(bytes.byteSize());
        var client = session.client();
        client.write(bytes);
        client.flush();
        if (!client.isWritable()) {
            from.pauseReading();
        }
    }

    @Override
    public void onSpliced(Connection from, long count) {
        session.moved();
        count(Count.BYTES_OUT, count);
        session.sent(count);
    }

    @Override
    public void onEndOfInput(Connection from) {
        session.client().shutdownOutput();
    }

    @Override
    public void onWritable(Connection to) {
        session.moved();
        session.client().resumeReading();
    }

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        if (isEnded) {
            return;
        }
        end();
        if (cause == null) {
            session.client().close();
        } else {
            count(Count.FAILURES, 1);
            session.becauseOf("member-reset");
            session.client().reset();
        }
        session.memberClosed();
    }

    /** A TCP session is busy as long as it lives. */
    @Override
    public void onMemberLeft() {}

    @Override
    public void cut() {
        session.becauseOf("member-stopped");
        if (connection != null) {
            connection.reset();
            session.client().reset();
        } else {
            // Later, because this ends the attachment while the member goes through its attachments.
            session.loop().execute(this::cutBeforeConnected);
        }
    }

    private void cutBeforeConnected() {
        if (connection != null) {
            cut();
        } else if (!isEnded) {
            end();
            session.memberFailed(this, pool, member, "the server was stopped");
        }
    }

    private void end() {
        isEnded = true;
        int loop = session.loop().index();
        count(Count.ACTIVE, -1);
        member.detach(loop, this);
        pool.release(loop, member, session.clientKey());
    }
}
