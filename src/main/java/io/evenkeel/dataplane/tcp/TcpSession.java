package io.evenkeel.dataplane.tcp;

import io.evenkeel.dataplane.accesslog.LogLine;
import io.evenkeel.dataplane.pool.ClientKey;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.TrafficCell;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection, and the way to the member that serves it. Lives on one loop. */
final class TcpSession implements ConnectionHandler {

    private static final Logger log = LoggerFactory.getLogger(TcpSession.class);
    private static final int MAX_ATTEMPTS = 3;
    // How long an expired session may still take to send what it holds.
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final ListenerSettings settings;
    private final Duration connectTimeout;
    private final Connection client;
    private final EventLoop loop;
    private final TrafficCell traffic;
    private final long clientKey;
    private @Nullable LogLine line;
    private @Nullable MemberLeg leg;
    private EventLoop.@Nullable Timer idleTimer;
    private List<Member> failed = List.of();
    private @Nullable MemberPool retriesIn;
    private long lastMovedNanos;
    private boolean isClientGone;
    private @Nullable String reason;

    TcpSession(ListenerSettings settings, Duration connectTimeout, Connection client) {
        this.settings = settings;
        this.connectTimeout = connectTimeout;
        this.client = client;
        loop = client.loop();
        traffic = settings.traffic().own(loop.index());
        clientKey = ClientKey.of(client.remoteAddress().getAddress());
        var log = settings.log();
        line = log == null ? null : new LogLine(log, loop, client.remoteAddress(), client.tls());
    }

    /** Looks for a member. What the client sends waits, its end of input too, until one is connected. */
    void start() {
        traffic.count(Count.ACCEPTED);
        traffic.count(Count.OPEN);
        client.pauseReading();
        var pool = settings.pool();
        var kept = pool == null ? null : pool.pickKept(loop.index(), clientKey);
        tryMember(pool, pool == null || kept != null ? kept : pool.pick(loop.index(), clientKey));
        if (leg != null && kept != null) {
            leg.countStuck();
            if (line != null) {
                line.stuck();
            }
        }
    }

    @Override
    public void onData(Connection from, MemorySegment bytes) {
        moved();
        if (leg != null && !leg.send(bytes)) {
            client.pauseReading();
        }
    }

    @Override
    public void onSpliced(Connection from, long count) {
        moved();
        if (leg != null) {
            leg.count(Count.BYTES_IN, count);
            received(count);
        }
    }

    @Override
    public void onEndOfInput(Connection from) {
        if (leg != null) {
            leg.endOutput();
        }
    }

    @Override
    public void onWritable(Connection to) {
        moved();
        if (leg != null) {
            leg.resumeReading();
        }
    }

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        isClientGone = true;
        traffic.add(Count.OPEN, -1);
        if (cause != null) {
            becauseOf("client-reset");
        }
        if (leg != null) {
            leg.clientClosed(cause);
        }
        endIfOver();
    }

    @Override
    public void onRefused(Connection connection) {
        becauseOf("ip-group");
        connection.reset();
    }

    /** Bytes went from the client to the member. */
    void received(long bytes) {
        if (line != null) {
            line.received(bytes);
        }
    }

    /** Bytes went from the member to the client. */
    void sent(long bytes) {
        if (line != null) {
            line.sent(bytes);
        }
    }

    /** Why it ends, if not because both sides are done; the first to say so is right. */
    void becauseOf(String why) {
        reason = reason == null ? why : reason;
    }

    Connection client() {
        return client;
    }

    EventLoop loop() {
        return loop;
    }

    long clientKey() {
        return clientKey;
    }

    /** Bytes went from one side, or left to the other. */
    void moved() {
        lastMovedNanos = loop.nanoTime();
    }

    /** What a member is told ahead of all that the client sends; null when it is told nothing. */
    @Nullable
    MemorySegment proxyHeader() {
        return settings.sendsProxyHeader() ? ProxyHeader.of(client.remoteAddress(), client.localAddress()) : null;
    }

    void memberConnected(Connection established) {
        failed = List.of();
        if (line != null) {
            line.connected();
        }
        endRetry();
        client.allowSplice(established, Long.MAX_VALUE);
        established.allowSplice(client, Long.MAX_VALUE);
        moved();
        idleTimer = loop.schedule(settings.keepaliveTimeout(), this::checkIdle);
        client.resumeReading();
    }

    /** Nothing was sent on this leg, so another member may get the connection. */
    void memberFailed(MemberLeg unreachable, MemberPool pool, Member member, String why) {
        leg = null;
        log.atDebug()
                .addKeyValue("loadBalancerId", settings.loadBalancerId())
                .addKeyValue("listenerId", settings.listenerId())
                .addKeyValue("memberId", member.id())
                .log("A member cannot be reached: {}", why);
        if (!isClientGone) {
            failed = new ArrayList<>(failed);
            failed.add(member);
            boolean mayRetry = failed.size() < MAX_ATTEMPTS && mayRetry(pool, unreachable);
            var other = mayRetry ? pool.pickOther(loop.index(), clientKey, failed) : null;
            unreachable.count(other == null ? Count.FAILURES : Count.RETRIES, 1);
            tryMember(pool, other);
        } else {
            endIfOver();
        }
        if (leg == null) {
            endRetry();
        }
    }

    private boolean mayRetry(MemberPool pool, MemberLeg unreachable) {
        if (retriesIn == null && pool.beginRetry()) {
            retriesIn = pool;
        }
        unreachable.count(Count.RETRIES_DENIED, retriesIn == null ? 1 : 0);
        return retriesIn != null;
    }

    private void endRetry() {
        if (retriesIn != null) {
            retriesIn.endRetry();
            retriesIn = null;
        }
    }

    /** Nobody was asked: another member would be no use, and this one did nothing wrong. */
    void ownTrouble() {
        leg = null;
        becauseOf("overloaded");
        endRetry();
        client.reset();
    }

    void memberClosed() {
        leg = null;
        endRetry();
        endIfOver();
    }

    private void tryMember(@Nullable MemberPool pool, @Nullable Member member) {
        if (pool == null || member == null) {
            becauseOf(failed.isEmpty() ? "no-healthy-member" : "connect-failed");
            client.close();
            return;
        }
        if (line != null) {
            line.picked(pool, member, settings.vip().getPort());
        }
        var counts = settings.traffic().at(loop.index(), pool, member);
        counts.client(clientKey);
        var next = new MemberLeg(this, pool, member, counts);
        leg = next;
        next.connect(member.addressFor(settings.vip().getPort()), connectTimeout);
    }

    private void checkIdle() {
        var rest = settings.keepaliveTimeout().minusNanos(loop.nanoTime() - lastMovedNanos);
        if (rest.isPositive()) {
            idleTimer = loop.schedule(rest, this::checkIdle);
            return;
        }
        becauseOf("idle-timeout");
        client.close();
        if (leg != null) {
            leg.close();
        }
        idleTimer = loop.schedule(LAST_WORDS, this::giveUp);
    }

    private void giveUp() {
        client.reset();
        if (leg != null) {
            leg.reset();
        }
    }

    private void endIfOver() {
        if (!isClientGone || leg != null) {
            return;
        }
        if (idleTimer != null) {
            idleTimer.cancel();
        }
        if (line != null) {
            line.end(0, reason);
            line = null;
        }
    }
}
