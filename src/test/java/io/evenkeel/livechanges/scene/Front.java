package io.evenkeel.livechanges.scene;

import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import java.util.Locale;

/** A listener that carries load, and its pools: two of which it has one at a time, and those of its policies. */
public enum Front {
    WEB(ListenerProtocol.HTTP, PoolProtocol.HTTP, 18_300, Scene.HTTP_PORT),
    /** Its connections are held across all changes. */
    STREAM(ListenerProtocol.TCP, PoolProtocol.TCP, 18_301, Scene.TCP_PORT),
    SECURE(ListenerProtocol.HTTPS, PoolProtocol.HTTP, 18_302, Scene.HTTP_PORT),
    /** Its connections are short, so that draining may be as well. */
    SHORT(ListenerProtocol.TCP, PoolProtocol.TCP, 18_303, Scene.TCP_PORT);

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

    public ListenerProtocol protocol() {
        return protocol;
    }

    public PoolProtocol poolProtocol() {
        return poolProtocol;
    }

    public boolean isHttp() {
        return poolProtocol == PoolProtocol.HTTP;
    }

    /** The first two by turns its default pool, the others for policies. */
    public int pools() {
        return isHttp() ? 4 : 2;
    }

    public boolean isTls() {
        return protocol == ListenerProtocol.HTTPS;
    }

    public int port() {
        return port;
    }

    public int memberPort() {
        return memberPort;
    }

    public String pool(int number) {
        return name().toLowerCase(Locale.ROOT) + "-" + number;
    }
}
