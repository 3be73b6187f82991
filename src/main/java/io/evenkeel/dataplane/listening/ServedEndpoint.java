package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.access.ListenerGate;
import io.evenkeel.dataplane.accesslog.LogStream;
import io.evenkeel.dataplane.http.HttpProxy;
import io.evenkeel.dataplane.http.rewrite.AddressText;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.dataplane.http2.Http2Proxy;
import io.evenkeel.dataplane.proof.ProvenPort;
import io.evenkeel.dataplane.proof.Question;
import io.evenkeel.dataplane.proof.Target;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.tcp.TcpProxy;
import io.evenkeel.dataplane.tls.TlsAcceptor;
import io.evenkeel.dataplane.tls.boringssl.ServerContext;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.udp.UdpProxy;
import io.evenkeel.desiredstate.DesiredAccessLog;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An endpoint and its socket, or why it has none. The settings are read by the loops; the rest is one thread's. */
final class ServedEndpoint {

    private final OpenConnections connections;
    private final ListenerTraffic traffic;
    private final ListenerGate gate;
    private final Shared shared;
    private final ProvenPort proven;
    private Endpoint endpoint;
    private volatile Destination destination;
    /** The load balancer's that it is to serve; the settings tell which it serves. */
    private long wantedGeneration;

    private volatile ListenerSettings settings;
    /** Null without TLS, or as long as what is configured for it cannot be used. */
    private volatile @Nullable ServerContext tls;

    private Transport.@Nullable ListeningPort port;
    private @Nullable Target target;
    private @Nullable Problem problem;

    /** @param generation of the load balancer */
    ServedEndpoint(
            Endpoint endpoint,
            long generation,
            Destination destination,
            @Nullable ServerContext tls,
            ListenerTraffic traffic,
            ListenerGate gate,
            Shared shared) {
        this.endpoint = endpoint;
        this.traffic = traffic;
        this.gate = gate;
        this.shared = shared;
        this.destination = destination;
        this.wantedGeneration = generation;
        this.settings = settingsOf(endpoint, destination, generation);
        this.proven = new ProvenPort(shared.outstanding(), this::generationOf);
        this.tls = tls;
        this.connections = new OpenConnections(shared.loops(), gate, traffic, () -> settings.log());
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Where its requests go as of now, which may be elsewhere than its configuration asks for. */
    Destination destination() {
        return destination;
    }

    boolean isOpen() {
        return port != null;
    }

    /** Where it can be asked what it serves; null while it is not open. */
    @Nullable
    Target target() {
        return target;
    }

    /** It is to serve that generation of its load balancer, and does so when {@link #confirm} says it. */
    void want(long generation) {
        wantedGeneration = generation;
    }

    /** What it serves is right for the generation that is wanted. */
    void confirm() {
        if (settings.generation() != wantedGeneration) {
            settings = settings.withGeneration(wantedGeneration);
        }
    }

    /** Whether it serves what is wanted: its configuration, and what that leads to. */
    boolean isConfirmed() {
        return settings.generation() == wantedGeneration;
    }

    /** On a loop. */
    private long generationOf(Question question) {
        return switch (question.kind()) {
            case LOAD_BALANCER -> settings.generation();
            case POOL -> destination.generationOf(question.id());
        };
    }

    /** Every connection that begins after this has the certificates, policy and authorities of that context. */
    void useTls(@Nullable ServerContext next) {
        tls = next;
    }

    /** Whether it has what a client's TLS needs. */
    boolean hasTls() {
        return tls != null;
    }

    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Tries to bind; what stands in the way is {@link #problem()} afterwards. */
    void open(Transport transport) {
        if (endpoint.isTls() && tls == null) {
            refuse(Reason.CERTIFICATE_NOT_USABLE, "TLS is not configured.");
            return;
        }
        try {
            var asked = targetOf(endpoint);
            port = openPort(transport, asked);
            target = asked;
            problem = null;
        } catch (CannotListenException e) {
            refuse(reason(e), e.getMessage());
        } catch (RuntimeException e) {
            refuse(Reason.CANNOT_BIND, e.toString());
        }
    }

    void refuse(Reason reason, @Nullable String message) {
        problem = new Problem(endpoint.listener().id(), reason, String.valueOf(message));
    }

    /** Every request (HTTP), connection (TCP) or session (UDP) that begins after this has the new settings. */
    void swap(Endpoint next, Destination nextDestination) {
        endpoint = next;
        destination = nextDestination;
        settings = settingsOf(next, nextDestination, settings.generation());
    }

    /**
     * Clients of before may have to leave. TCP sessions are cut at once; HTTP connections refuse their next request, UDP
     * sessions their next datagram, as soon as it comes.
     */
    void cutRefused() {
        switch (endpoint.key().protocol()) {
            case TCP, TLS -> connections.cutRefused();
            case HTTP, HTTPS, UDP, QUIC -> {}
        }
    }

    /**
     * Closes the port.
     *
     * @param isCut whether its connections are cut; else a TCP connection lives on, an HTTP one takes one more
     *     request. UDP sessions end either way: their answers have no port to leave from
     */
    void close(boolean isCut) {
        if (port != null) {
            port.close();
            port = null;
            target = null;
        }
        if (isCut) {
            connections.cut();
        } else {
            settings = lastRequestOnly(settings);
            connections.leave();
        }
    }

    private Target targetOf(Endpoint bound) {
        // Every loop takes connections; which take datagrams is told when they begin to.
        var loops = bound.isDatagram()
                ? List.<Integer>of()
                : shared.loops().stream().map(EventLoop::index).toList();
        return new Target(bound.bind(), bound.isDatagram(), loops);
    }

    private Transport.ListeningPort openPort(Transport transport, Target asked) throws CannotListenException {
        var bind = endpoint.bind();
        return switch (endpoint.key().protocol()) {
            case TCP -> transport.listen(bind, taking(new TcpProxy(() -> settings)));
            case HTTP -> transport.listen(bind, taking(new HttpProxy(() -> settings, shared.blocks())));
            case TLS -> transport.listen(bind, taking(withTls(new TcpProxy(() -> settings))));
            case HTTPS -> transport.listen(bind, taking(withTls(new Http2Proxy(() -> settings, shared.blocks()))));
            case UDP -> transport.bind(bind, proven.before(asked, new UdpProxy(() -> settings, shared.sessions())));
            case QUIC ->
                throw new IllegalStateException("Not served: " + endpoint.key().protocol());
        };
    }

    private Transport.Acceptor taking(Transport.Acceptor acceptor) {
        return proven.before(connections.tracking(acceptor));
    }

    private Transport.Acceptor withTls(Transport.Acceptor acceptor) {
        return new TlsAcceptor(() -> Objects.requireNonNull(tls), acceptor, traffic);
    }

    private ListenerSettings lastRequestOnly(ListenerSettings current) {
        return switch (endpoint.key().protocol()) {
            case HTTP, HTTPS -> current.withKeepaliveTimeout(Duration.ZERO);
            case TCP, UDP, TLS, QUIC -> current;
        };
    }

    private ListenerSettings settingsOf(Endpoint endpoint, Destination destination, long generation) {
        DesiredListener listener = endpoint.listener();
        InetSocketAddress vip = endpoint.key().vip();
        return new ListenerSettings(
                listener.id(),
                endpoint.loadBalancerId(),
                vip,
                destination.pool(),
                traffic,
                listener.keepaliveTimeout(),
                listener.clientTimeout(),
                listener.memberTimeout(),
                listener.insertHeaders(),
                listener.isMemberRetryEnabled(),
                listener.sendsProxyHeader(),
                gate,
                listener.compresses(),
                endpoint.accessLog().map(log -> streamOf(endpoint, log)).orElse(null),
                destination.routing(placeOf(endpoint)),
                generation);
    }

    private LogStream streamOf(Endpoint endpoint, DesiredAccessLog destination) {
        shared.log().start();
        return new LogStream(
                shared.log(),
                endpoint.loadBalancerId(),
                endpoint.listener().id(),
                endpoint.key().protocol(),
                endpoint.key().vip(),
                destination);
    }

    private Place placeOf(Endpoint endpoint) {
        var vip = endpoint.key().vip();
        return new Place(
                endpoint.loadBalancerId(),
                vip,
                AddressText.of(vip.getAddress()),
                endpoint.isTls(),
                shared.loops().size());
    }

    private static Reason reason(CannotListenException e) {
        return switch (e.reason()) {
            case ADDRESS_IN_USE -> Reason.PORT_IN_USE;
            case ADDRESS_NOT_AVAILABLE -> Reason.ADDRESS_NOT_AVAILABLE;
            case NOT_PERMITTED, OTHER -> Reason.CANNOT_BIND;
        };
    }
}
