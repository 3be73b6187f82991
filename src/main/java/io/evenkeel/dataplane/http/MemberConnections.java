package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.tls.TlsConnector;
import io.evenkeel.dataplane.tls.boringssl.ClientContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The idle connections to members, of one proxy on one loop. The one used last is used next. */
final class MemberConnections {

    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(50);
    private static final int MAX_IDLE = 64;

    private final LoopContext context;
    private final MemberDialer dialer;
    private final Map<Member, ArrayDeque<MemberConnection>> idle = new HashMap<>();

    MemberConnections(LoopContext context, MemberDialer dialer) {
        this.context = context;
        this.dialer = dialer;
    }

    /** A live connection that waits for a request, or null. */
    @Nullable
    MemberConnection takeIdle(Member member) {
        var waiting = idle.get(member);
        var taken = waiting == null ? null : waiting.pollLast();
        while (taken != null && waiting != null && !taken.isOpen()) {
            taken = waiting.pollLast();
        }
        return taken;
    }

    /** A new connection on its way; the exchange hears how it went. */
    MemberConnection connect(
            Member member, InetSocketAddress target, MemberPool pool, Duration timeout, Exchange exchange) {
        var connection = new MemberConnection(context, member, exchange);
        member.attach(context.index(), connection);
        if (pool.speaksHttp2()) {
            dialer.connect(member, target, timeout, connection);
        } else if (pool.speaksTls()) {
            TlsConnector.connect(context.loop(), target, timeout, ClientContext.http(), null, connection);
        } else {
            context.loop().connect(target, timeout, connection);
        }
        return connection;
    }

    /** False when there is no room. */
    boolean keep(Member member, MemberConnection connection) {
        var waiting = idle.computeIfAbsent(member, _ -> new ArrayDeque<>());
        if (waiting.size() >= MAX_IDLE) {
            return false;
        }
        waiting.addLast(connection);
        return true;
    }

    void forget(Member member, MemberConnection connection) {
        var waiting = idle.get(member);
        if (waiting != null) {
            waiting.remove(connection);
            if (waiting.isEmpty()) {
                idle.remove(member);
            }
        }
    }
}
