package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.rewrite.InsertedFields;
import io.evenkeel.dataplane.http.routing.action.Decision;
import io.evenkeel.dataplane.http.sticky.CookieSession;
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
    private final InsertedFields.Client client;
    private final long clientKey;
    private @Nullable CookieSession session;
    private @Nullable Member home;
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
    private boolean isSticky;
    private boolean holdsRetry;
    private boolean isRetryDenied;

    MemberRoute(LoopContext context, Exchange exchange, InsertedFields.Client client) {
        this.context = context;
        this.exchange = exchange;
        this.client = client;
        this.clientKey = client.key();
    }

    /** Reads from the head whom the client belongs to, and takes out of it what is not for members. Goes before the pick. */
    void recognize(Decision decision, RequestHead head) {
        var of = decision.pool();
        var cookies = of == null ? null : of.cookies();
        var ofPolicy = decision.cookie();
        isSticky = cookies != null;
        home = null;
        if (cookies != null) {
            home = ofPolicy == null ? session().begin(cookies, head) : session().begin(cookies, head, ofPolicy.name());
        } else if (ofPolicy != null) {
            ofPolicy.takeOut(context.index(), head);
        }
    }

    /** Forgets the last request. */
    void begin() {
        failed = List.of();
        isSent = false;
        isReused = false;
        isRepeated = false;
        isRetryDenied = false;
    }

    /** Picks for a new request; false when no member is available. */
    boolean pick(ListenerSettings settings, @Nullable MemberPool wanted) {
        listenerPort = settings.vip().getPort();
        connectTimeout =
                settings.memberTimeout().compareTo(CONNECT_TIMEOUT) < 0 ? settings.memberTimeout() : CONNECT_TIMEOUT;
        listenerTraffic = settings.traffic();
        pool = wanted;
        if (!isSticky || pool == null) {
            return takes(pool == null ? null : pool.pick(context.index(), clientKey));
        }
        return pickHome(pool, session());
    }

    private boolean pickHome(MemberPool from, CookieSession of) {
        var kept = home == null ? null : from.pickAgain(context.index(), home);
        boolean isTaken = takes(kept == null ? from.pick(context.index(), clientKey) : kept);
        if (traffic != null && kept != null) {
            traffic.stuck(of.key());
            exchange.log().stuck();
        } else if (traffic != null && of.hasKey()) {
            traffic.session(of.key());
        }
        return isTaken;
    }

    private CookieSession session() {
        var mine = session;
        if (mine == null) {
            mine = new CookieSession(context.index(), client.isTls());
            session = mine;
        }
        return mine;
    }

    /** What the response tells of the session; null without one. */
    @Nullable
    CookieSession sessionTold() {
        return isSticky ? session : null;
    }

    private boolean takes(@Nullable Member picked) {
        member = picked;
        isRepeated = false;
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
        if (isSticky) {
            session().servedBy(picked);
        }
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

    /** Whether another member would have been tried, had not too many requests done so. */
    boolean isRetryDenied() {
        return isRetryDenied;
    }

    /** Goes on to another member; false when there is none, enough were tried, or too many others do the same. */
    boolean openOther() {
        connection = null;
        if (pool == null || member == null || failed.size() == MAX_OTHERS || !mayRetry(pool)) {
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

    private boolean mayRetry(MemberPool in) {
        holdsRetry = holdsRetry || in.beginRetry();
        isRetryDenied = !holdsRetry;
        count(Count.RETRIES_DENIED, isRetryDenied ? 1 : 0);
        return holdsRetry;
    }

    /**
     * After the connection was lost before any answer: once to the same member when a kept connection turned out to be
     * closed, which says nothing of the member, and else to another one.
     */
    boolean repeat() {
        boolean wasKept = isReused && !isRepeated;
        dropConnection();
        if (!wasKept) {
            return openOther();
        }
        isRepeated = true;
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
        if (pool != null && holdsRetry) {
            pool.endRetry();
        }
        holdsRetry = false;
        member = null;
        traffic = null;
    }
}
