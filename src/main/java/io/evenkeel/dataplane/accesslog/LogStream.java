package io.evenkeel.dataplane.accesslog;

import io.evenkeel.desiredstate.DesiredAccessLog;
import io.evenkeel.desiredstate.ListenerProtocol;
import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * Where a listener's lines go, and what each of them says alike.
 *
 * @param vip the address that clients used
 */
public record LogStream(
        AccessLog log,
        UUID loadBalancerId,
        UUID listenerId,
        ListenerProtocol protocol,
        InetSocketAddress vip,
        DesiredAccessLog destination) {}
