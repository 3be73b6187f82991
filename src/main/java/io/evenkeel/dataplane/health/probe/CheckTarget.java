package io.evenkeel.dataplane.health.probe;

import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredMember;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What is checked and how. Members whose targets are equal, in whatever pools, share one check.
 *
 * @param isDatagram over UDP, else over TCP
 * @param isTls over TLS, whatever certificate the member shows
 * @param http absent: the connection, and the handshake where there is one, decide alone
 */
public record CheckTarget(
        InetSocketAddress address,
        Duration delay,
        Duration timeout,
        boolean isDatagram,
        boolean isTls,
        Optional<Http> http) {

    /**
     * A request and what answers it.
     *
     * @param request each character a byte
     * @param isGrpc whether the answer is one of gRPC, and the expected codes are its; else HTTP/1.1
     */
    public record Http(String request, ExpectedCodes expected, boolean isGrpc) {

        byte[] bytes() {
            return request.getBytes(StandardCharsets.ISO_8859_1);
        }

        /** The code of the answer, {@link StatusLine#INCOMPLETE} or {@link StatusLine#MALFORMED}. */
        int codeOf(ByteBuffer answer, int length) {
            return isGrpc ? GrpcAnswer.parse(answer, length) : StatusLine.parse(answer, length);
        }
    }

    /**
     * @throws IllegalArgumentException when the monitor or the member makes no sense
     */
    public static CheckTarget of(DesiredHealthMonitor monitor, DesiredMember member) {
        int port = monitor.monitorPort().orElse(member.port());
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("Member " + member.id() + " has no port to check");
        }
        if (!monitor.delay().isPositive() || !monitor.timeout().isPositive()) {
            throw new IllegalArgumentException("The delay and the timeout of a monitor are positive");
        }
        var address = new InetSocketAddress(InetAddress.ofLiteral(member.address()), port);
        return new CheckTarget(
                address,
                monitor.delay(),
                monitor.timeout(),
                monitor.type() == DesiredHealthMonitor.Type.UDP_CONNECT,
                isTls(monitor.type()),
                httpOf(monitor, address));
    }

    private static boolean isTls(DesiredHealthMonitor.Type type) {
        return switch (type) {
            case TLS, HTTPS -> true;
            case TCP, UDP_CONNECT, HTTP, GRPC -> false;
        };
    }

    private static Optional<Http> httpOf(DesiredHealthMonitor monitor, InetSocketAddress address) {
        return switch (monitor.type()) {
            case TCP, UDP_CONNECT, TLS -> Optional.empty();
            case HTTP, HTTPS ->
                Optional.of(new Http(request(monitor, address), ExpectedCodes.parse(monitor.expectedCodes()), false));
            case GRPC ->
                Optional.of(new Http(
                        GrpcQuestion.text(literal(address.getAddress()) + ":" + address.getPort()),
                        ExpectedCodes.parse(monitor.expectedCodes()),
                        true));
        };
    }

    private static String request(DesiredHealthMonitor monitor, InetSocketAddress address) {
        var method = requirePrintable(monitor.httpMethod());
        var host = requirePrintable(monitor.domainName().orElseGet(() -> literal(address.getAddress())))
                + (address.getPort() == (isTls(monitor.type()) ? 443 : 80) ? "" : ":" + address.getPort());
        return method + ' ' + requirePrintable(monitor.urlPath()) + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: evenkeel-health-check\r\nAccept: */*\r\nConnection: close\r\n"
                + (method.equals("POST") ? "Content-Length: 0\r\n\r\n" : "\r\n");
    }

    private static String literal(InetAddress address) {
        return address instanceof Inet6Address ? '[' + address.getHostAddress() + ']' : address.getHostAddress();
    }

    /** Nothing that could end a line or a word gets into a request, whatever was configured. */
    private static String requirePrintable(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("Not fit for a request: " + text);
        }
        return text;
    }
}
