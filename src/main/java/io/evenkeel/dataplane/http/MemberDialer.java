package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Makes connections to members that speak another protocol than HTTP/1.1, which the connections translate. One is for
 * one loop's thread.
 */
@FunctionalInterface
public interface MemberDialer {

    /** Like {@link EventLoop#connect}. */
    void connect(Member member, InetSocketAddress target, Duration timeout, ConnectionHandler handler);
}
