package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.OwnTroubleException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to a member: on its way, serving one exchange, or idle. Anything that happens while idle ends it. */
final class MemberConnection implements ConnectionHandler, Member.Attachment {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final LoopContext context;
    private final Member member;
    private final Deadline deadline;
    private @Nullable Connection connection;
    private @Nullable Exchange exchange;
    private boolean isLeaving;
    private boolean isCut;
    private boolean isClosing;

    MemberConnection(LoopContext context, Member member, Exchange exchange) {
        this.context = context;
        this.member = member;
        this.exchange = exchange;
        this.deadline = new Deadline(context.loop(), this::onDeadline);
    }

    /** Null until it is connected. */
    @Nullable
    Connection connection() {
        return connection;
    }

    boolean isOpen() {
        return connection != null && connection.isOpen() && !isClosing && !isLeaving && !isCut;
    }

    /** Takes an idle connection into service. */
    void serve(Exchange next) {
        deadline.clear();
        exchange = next;
    }

    /** The exchange is over and left the connection between two messages. */
    void keepIdle() {
        exchange = null;
        var socket = connection;
        // Not writable: the member answered, but has not taken all of what it was sent.
        if (socket == null
                || !isOpen()
                || !socket.isWritable()
                || !member.takesNew(context.index())
                || !context.members().keep(member, this)) {
            close();
            return;
        }
        deadline.set(MemberConnections.IDLE_TIMEOUT);
        socket.resumeReading();
    }

    /** The exchange is over and the connection of no further use. */
    void close() {
        exchange = null;
        isClosing = true;
        if (connection != null) {
            connection.close();
            deadline.set(CLOSE_TIMEOUT);
        }
    }

    /** The exchange gives up in the middle of a message. A connection still on its way is kept for the next. */
    void abort() {
        exchange = null;
        if (connection != null) {
            isClosing = true;
            connection.reset();
        }
    }

    private void onDeadline() {
        if (isClosing && connection != null) {
            connection.reset();
        } else {
            close();
        }
    }

    @Override
    public void onConnected(Connection established) {
        connection = established;
        if (isCut) {
            abort();
        } else if (exchange == null) {
            keepIdle();
        } else {
            exchange.onConnected(established);
        }
    }

    @Override
    public void onConnectFailed(IOException cause) {
        member.detach(context.index(), this);
        var served = exchange;
        exchange = null;
        if (served != null && cause instanceof OwnTroubleException) {
            served.onOwnTrouble();
        } else if (served != null) {
            served.onConnectFailed();
        }
    }

    @Override
    public void onData(Connection from, MemorySegment bytes) {
        if (exchange == null) {
            close();
        } else {
            exchange.onMemberData(bytes);
        }
    }

    @Override
    public void onSpliced(Connection from, long count) {
        if (exchange != null) {
            exchange.onMemberSpliced(count);
        }
    }

    @Override
    public void onEndOfInput(Connection from) {
        if (exchange == null) {
            close();
        } else {
            exchange.onMemberEnd();
        }
    }

    @Override
    public void onWritable(Connection to) {
        if (exchange != null) {
            exchange.onMemberWritable();
        }
    }

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        isClosing = true;
        deadline.cancel();
        member.detach(context.index(), this);
        context.members().forget(member, this);
        var served = exchange;
        exchange = null;
        if (served != null) {
            served.onMemberClosed(cause);
        }
    }

    @Override
    public void onMemberLeft() {
        isLeaving = true;
        if (exchange == null && connection != null) {
            close();
        }
    }

    @Override
    public void cut() {
        isCut = true;
        var served = exchange;
        abort();
        if (served != null) {
            served.onMemberCut();
        }
    }
}
