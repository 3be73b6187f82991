package io.evenkeel.dataplane.listening;

import io.evenkeel.desiredstate.DesiredAccessLog;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.ListenerProtocol;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;

/**
 * One port of a listener on one VIP: what a socket is for.
 *
 * @param bind where the socket is bound: the VIP, or the wildcard address
 * @param accessLog absent: no line is written
 */
record Endpoint(
        Key key,
        UUID loadBalancerId,
        InetSocketAddress bind,
        DesiredListener listener,
        Optional<DesiredAccessLog> accessLog) {

    /** What two sockets cannot both have. TCP and UDP have ports of their own. */
    record Binding(boolean isDatagram, InetSocketAddress address) {}

    Binding binding() {
        return new Binding(isDatagram(), bind);
    }

    boolean isDatagram() {
        return switch (key.protocol()) {
            case UDP, QUIC -> true;
            case TCP, HTTP, HTTPS, TLS -> false;
        };
    }

    boolean isTls() {
        return switch (key.protocol()) {
            case HTTPS, TLS -> true;
            case TCP, UDP, HTTP, QUIC -> false;
        };
    }

    /** What cannot change under an open socket; everything else is swapped. */
    record Key(UUID listenerId, ListenerProtocol protocol, InetSocketAddress vip) {}
}
