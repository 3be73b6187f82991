package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.traffic.TrafficCell;
import io.evenkeel.dataplane.transport.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of an exchange to a member: who was picked, over which connection, and where to go when that fails. Each pick
 * is released exactly once.
 */
final class MemberRoute {

    private static final int MAX_OTHERS = 2;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final LoopContext context;
    private final Exchange exchange;
    private final long clientKey;
    private @Nullable MemberPool pool;
    private @Nullable Member member;
    private @Nullable TrafficCell traffic;
    private @Nullable ListenerTraffic listenerTraffic;
    private @Nullable MemberConnection connection;
    private Duration connectTimeout = CONNECT_TIMEOUT;
    private int listenerPort;
    private List<Member> failed = List.of();
    private boolean isSent;
    private boolean isReused;
    private boolean isRepeated;

    MemberRoute(LoopContext context, Exchange exchange, long clientKey) {
        this.context = context;
        this.exchange = exchange;
        this.clientKey = clientKey;
    }

    /** Forgets the last request. */
    void begin() {
        failed = List.of();
        isSent = false;
        isReused = false;
        isRepeated = false;
    }

    /** Picks for a new request; false when no member is available. */
    boolean pick(ListenerSettings settings, @Nullable MemberPool wanted) {
        listenerPort = settings.vip().getPort();
        connectTimeout =
                settings.memberTimeout().compareTo(CONNECT_TIMEOUT) < 0 ? settings.memberTimeout() : CONNECT_TIMEOUT;
        listenerTraffic = settings.traffic();
        pool = wanted;
        return takes(pool == null ? null : pool.pick(context.index(), clientKey));
    }

    private boolean takes(@Nullable Member picked) {
        member = picked;
        if (picked == null || pool == null || listenerTraffic == null) {
            traffic = null;
            return false;
        }
        var cell = listenerTraffic.at(context.index(), pool, picked);
        cell.count(Count.PICKED);
        cell.count(Count.ACTIVE);
        exchange.log().picked(pool, picked);
        cell.client(clientKey);
        traffic = cell;
        return true;
    }

    /** Counts for the picked member; without one, nothing. */
    void count(Count what, long amount) {
        if (traffic != null) {
            traffic.add(what, amount);
        }
    }

    /** The response is complete, so long after the request's head. */
    void time(long nanos) {
        if (traffic != null) {
            traffic.time(nanos);
        }
    }

    /** Whether anything of the request went out, so that a member may have seen it. */
    boolean isSent() {
        return isSent;
    }

    /** Null while there is no connection that stands. */
    @Nullable
    Connection socket() {
        return connection == null ? null : connection.connection();
    }

    /** Opens the way to the picked member, over an idle connection if there is one. */
    void open() {
        var idle = member == null ? null : context.members().takeIdle(member);
        var socket = idle == null ? null : idle.connection();
        if (idle == null || socket == null) {
            connect();
            return;
        }
        connection = idle;
        isReused = true;
        idle.serve(exchange);
        isSent = true;
        exchange.sendKept(socket);
    }

    private void connect() {
        if (member != null && pool != null) {
            isReused = false;
            connection =
                    context.members().connect(member, member.addressFor(listenerPort), pool, connectTimeout, exchange);
        }
    }

    void onConnected() {
        count(Count.CONNECTED, 1);
        isSent = true;
    }

    /** Goes on to another member; false when there is none or enough were tried. */
    boolean openOther() {
        connection = null;
        if (pool == null || member == null || failed.size() == MAX_OTHERS) {
            return false;
        }
        var last = member;
        failed = new ArrayList<>(failed);
        failed.add(last);
        var other = pool.pickOther(context.index(), clientKey, failed);
        count(other == null ? Count.FAILURES : Count.RETRIES, 1);
        count(Count.ACTIVE, -1);
        pool.release(context.index(), last);
        if (!takes(other)) {
            return false;
        }
        open();
        return true;
    }

    /**
     * After the connection was lost before any answer, once: to the same member when a kept connection turned out to be
     * closed, which says nothing of the member, and to another one when it was new.
     */
    boolean repeat() {
        if (isRepeated) {
            return false;
        }
        isRepeated = true;
        boolean wasReused = isReused;
        dropConnection();
        if (!wasReused) {
            return openOther();
        }
        connect();
        return true;
    }

    /** Asks the same member on another connection, once: it said that it has not looked at the request. */
    boolean reconnect() {
        if (isRepeated) {
            return false;
        }
        isRepeated = true;
        dropConnection();
        connect();
        return true;
    }

    void pauseReading() {
        var socket = socket();
        if (socket != null) {
            socket.pauseReading();
        }
    }

    void resumeReading() {
        var socket = socket();
        if (socket != null) {
            socket.resumeReading();
        }
    }

    /** The response is complete. */
    void leave(boolean isReusable, boolean isRequestDone) {
        if (connection != null && isReusable) {
            connection.keepIdle();
        } else if (connection != null && isRequestDone) {
            connection.close();
        } else if (connection != null) {
            connection.abort();
        }
        connection = null;
        release();
    }

    void abort() {
        dropConnection();
        release();
    }

    private void dropConnection() {
        if (connection != null) {
            connection.abort();
            connection = null;
        }
    }

    private void release() {
        if (pool != null && member != null) {
            count(Count.ACTIVE, -1);
            pool.release(context.index(), member);
        }
        member = null;
        traffic = null;
    }
}
