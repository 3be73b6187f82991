package io.evenkeel.bench.dataplane.contender;

/** What a backend does on each of its ports, in their order, and by which protocol a proxy reaches it. */
public enum Service {
    WEB(0, "HTTP"),
    ECHO(1, "TCP"),
    SOURCE(2, "TCP"),
    SINK(3, "TCP"),
    DATAGRAM(4, "UDP"),
    /** As {@link #WEB}, to clients over TLS. */
    SECURE(5, "HTTPS"),
    /** As {@link #WEB}, by policies for paths to a pool where clients stay with a server by a cookie. */
    ROUTED(6, "HTTP");

    /** Of {@link #ROUTED}: their paths begin with {@code /app0/}, {@code /app1/} and so on. */
    static final int POLICIES = 20;

    /** What they ask for besides. */
    static final String HOST = "bench.example";

    private final int place;
    private final String protocol;

    Service(int place, String protocol) {
        this.place = place;
        this.protocol = protocol;
    }

    String protocol() {
        return protocol;
    }

    /** What backends speak. */
    String poolProtocol() {
        return this == SECURE ? WEB.protocol : protocol;
    }

    /** The service of backends behind it. */
    Service behind() {
        return this == SECURE || this == ROUTED ? WEB : this;
    }

    /** The port that stands for this service where the ports begin at {@code first}. */
    int port(int first) {
        return first + place;
    }
}
