package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Service;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of load, each with what it counts and which share of the others' processor time it may take at most. */
enum TestCase {
    KEEP_ALIVE("http", Service.WEB, 64, "keep-alive GET", 0.70, 0.75),
    ROUTED("routed", Service.ROUTED, 64, "keep-alive GET, 20 policies, a cookie-sticky pool", 0.80, Double.NaN),
    CLOSE("close", Service.WEB, 32, "HTTP, a connection for each request", 0.75, 0.80),
    SHORT("short", Service.ECHO, 32, "short TCP connections", 0.88, 0.92),
    ECHO("echo", Service.ECHO, 64, "64 B echo over TCP", 0.90, 0.97),
    DOWN("down", Service.SOURCE, 4, "TCP streams to the client", 0.95, 0.60),
    UP("up", Service.SINK, 4, "TCP streams from the client", 0.95, 0.60),
    SECURE("https", Service.SECURE, 32, "keep-alive GET over TLS 1.3", 0.80, 0.80),
    HANDSHAKE("handshake", Service.SECURE, 32, "TLS 1.3, a full handshake for each request", 0.75, 0.82),
    HTTP2("http2", Service.SECURE, 32, "HTTP/2 over TLS 1.3, 32 streams on a connection", Double.NaN, 1.00),
    UDP("udp", Service.DATAGRAM, 64, "64 B echo over UDP", Double.NaN, 1.00);

    private final String mode;
    private final Service service;
    private final int flows;
    private final String title;
    private final double aimHaproxy;
    private final double aimNginx;

    TestCase(String mode, Service service, int flows, String title, double aimHaproxy, double aimNginx) {
        this.mode = mode;
        this.service = service;
        this.flows = flows;
        this.title = title;
        this.aimHaproxy = aimHaproxy;
        this.aimNginx = aimNginx;
    }

    /** By the name that the load driver has for it. */
    static Optional<TestCase> find(String mode) {
        return Stream.of(values()).filter(test -> test.mode.equals(mode)).findFirst();
    }

    String mode() {
        return mode;
    }

    Service service() {
        return service;
    }

    /** How many at once. */
    int flows() {
        return flows;
    }

    String title() {
        return title;
    }

    /** Whether our own driver, which knows no TLS, cannot drive it. */
    boolean isSecure() {
        return service == Service.SECURE;
    }

    boolean isStream() {
        return this == DOWN || this == UP;
    }

    /** What our processor time may be, divided by that of the contender of this name. */
    Optional<Double> aim(String contender) {
        var name = contender.toLowerCase(Locale.ROOT);
        double aim = name.startsWith("haproxy") ? aimHaproxy : name.startsWith("nginx") ? aimNginx : Double.NaN;
        return Double.isNaN(aim) ? Optional.empty() : Optional.of(aim);
    }
}
