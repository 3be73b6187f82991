package io.evenkeel.dataplane.transport.kind;

import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.dataplane.transport.epoll.EpollTransport;
import io.evenkeel.dataplane.transport.netty.NettyTransport;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to have sockets. */
public enum TransportKind {
    /** {@link #EPOLL} where it can be had, else {@link #NETTY}. */
    AUTO,
    /** Our own, for Linux on x86-64 and aarch64, with native access allowed to the JVM. */
    EPOLL,
    /** Netty's, for every system. */
    NETTY;

    private static final Logger log = LoggerFactory.getLogger(TransportKind.class);

    /** Why this process cannot have this kind; empty when it can. */
    public Optional<String> whyNot() {
        return this == EPOLL ? EpollTransport.whyNot() : Optional.empty();
    }

    /** @throws IllegalStateException saying why, when this kind was asked for by name and cannot be had */
    public Transport open(TransportOptions options) {
        return switch (this) {
            case EPOLL -> openEpoll(options);
            case NETTY -> openNetty(options, "it was asked for");
            case AUTO ->
                EPOLL.whyNot()
                        .map(reason -> openNetty(options, "epoll cannot be had: " + reason))
                        .orElseGet(() -> openEpoll(options));
        };
    }

    private static Transport openEpoll(TransportOptions options) {
        EPOLL.whyNot().ifPresent(reason -> {
            throw new IllegalStateException("The transport epoll cannot be had: " + reason);
        });
        var opened = EpollTransport.open(options);
        log.atInfo().addKeyValue("transport", EPOLL).log("Traffic goes over our own epoll loops");
        return opened;
    }

    private static Transport openNetty(TransportOptions options, String reason) {
        var opened = NettyTransport.open(options);
        log.atInfo().addKeyValue("transport", NETTY).log("Traffic goes over Netty, because {}", reason);
        return opened;
    }
}
