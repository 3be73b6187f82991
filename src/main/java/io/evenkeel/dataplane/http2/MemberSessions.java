package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.MemberDialer;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections over HTTP/2 to members, of one proxy on one loop, with prior knowledge (RFC 9113 §3.3). Requests share
 * them; another one is made where all are full.
 */
final class MemberSessions implements MemberDialer {

    private final EventLoop loop;
    private final BlockPool blocks;
    private final Map<Member, List<Opening>> openings = new HashMap<>();

    MemberSessions(EventLoop loop, BlockPool blocks) {
        this.loop = loop;
        this.blocks = blocks;
    }

    @Override
    public void connect(Member member, InetSocketAddress target, Duration timeout, ConnectionHandler handler) {
        var known = openings.computeIfAbsent(member, _ -> new ArrayList<>());
        for (var opening : known) {
            if (opening.takes(handler)) {
                return;
            }
        }
        var opening = new Opening(member, timeout);
        known.add(opening);
        opening.waiting.addLast(handler);
        loop.connect(target, timeout, opening);
    }

    private void forget(Member member, Opening opening) {
        var known = openings.get(member);
        if (known != null && known.remove(opening) && known.isEmpty()) {
            openings.remove(member);
        }
    }

    /** A connection on its way and what becomes of it. */
    private final class Opening implements ConnectionHandler, MemberSession.Owner {

        private static final int MAX_WAITING = 100;

        private final Member member;
        private final Duration timeout;
        private final ArrayDeque<ConnectionHandler> waiting = new ArrayDeque<>();
        private @Nullable MemberSession session;

        private Opening(Member member, Duration timeout) {
            this.member = member;
            this.timeout = timeout;
        }

        private boolean takes(ConnectionHandler handler) {
            var ready = session;
            if (ready != null && ready.hasRoom()) {
                var lane = ready.newLane(handler);
                // Later: nobody hears of a connection before the call that asks for it has returned.
                loop.execute(() -> tell(handler, lane));
                return true;
            } else if ((ready == null || !ready.isReady()) && waiting.size() < MAX_WAITING) {
                waiting.addLast(handler);
                return true;
            }
            return false;
        }

        private static void tell(ConnectionHandler handler, Connection lane) {
            if (lane.isOpen()) {
                handler.onConnected(lane);
            }
        }

        @Override
        public void onReady(MemberSession ready) {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                if (ready.hasRoom()) {
                    next.onConnected(ready.newLane(next));
                } else {
                    next.onConnectFailed(new IOException("The member takes fewer requests at a time"));
                }
            }
        }

        @Override
        public void onGone(MemberSession gone, IOException cause) {
            forget(member, this);
            failAll(cause);
        }

        private void failAll(IOException cause) {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                next.onConnectFailed(cause);
            }
        }

        @Override
        public void onConnected(Connection raw) {
            session = new MemberSession(raw, blocks, timeout, this);
        }

        @Override
        public void onConnectFailed(IOException cause) {
            forget(member, this);
            failAll(cause);
        }

        @Override
        public void onData(Connection from, MemorySegment bytes) {
            if (session != null) {
                session.onData(from, bytes);
            }
        }

        @Override
        public void onEndOfInput(Connection from) {
            if (session != null) {
                session.onEndOfInput(from);
            }
        }

        @Override
        public void onWritable(Connection to) {
            if (session != null) {
                session.onWritable(to);
            }
        }

        @Override
        public void onClosed(Connection closed, @Nullable IOException cause) {
            if (session != null) {
                session.onClosed(closed, cause);
            }
        }
    }
}
