package io.evenkeel.livechanges;

import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import java.util.Locale;

/** A listener that carries load, and its two pools, of which it has one at a time. */
enum Front {
    WEB(ListenerProtocol.HTTP, PoolProtocol.HTTP, 18_300, Backend.HTTP_PORT),
    STREAM(ListenerProtocol.TCP, PoolProtocol.TCP, 18_301, Backend.TCP_PORT);

    private final ListenerProtocol protocol;
    private final PoolProtocol poolProtocol;
    private final int port;
    private final int memberPort;

    Front(ListenerProtocol protocol, PoolProtocol poolProtocol, int port, int memberPort) {
        this.protocol = protocol;
        this.poolProtocol = poolProtocol;
        this.port = port;
        this.memberPort = memberPort;
    }

    ListenerProtocol protocol() {
        return protocol;
    }

    PoolProtocol poolProtocol() {
        return poolProtocol;
    }

    int port() {
        return port;
    }

    int memberPort() {
        return memberPort;
    }

    String pool(int number) {
        return name().toLowerCase(Locale.ROOT) + "-" + number;
    }
}
