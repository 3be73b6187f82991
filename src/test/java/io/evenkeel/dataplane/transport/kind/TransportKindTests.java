package io.evenkeel.dataplane.transport.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.dataplane.transport.epoll.EpollTransport;
import io.evenkeel.dataplane.transport.netty.NettyTransport;
import org.junit.jupiter.api.Test;

class TransportKindTests {

    private static final TransportOptions OPTIONS = TransportOptions.ofLoops(1);

    @Test
    void takesOurOwnWhereItCanBeHad() {
        try (var opened = TransportKind.AUTO.open(OPTIONS)) {
            assertThat(opened)
                    .isInstanceOf(TransportKind.EPOLL.whyNot().isEmpty() ? EpollTransport.class : NettyTransport.class);
        }
    }

    @Test
    void takesNettyWhenAskedTo() {
        assertThat(TransportKind.NETTY.whyNot()).isEmpty();
        try (var opened = TransportKind.NETTY.open(OPTIONS)) {
            assertThat(opened).isInstanceOf(NettyTransport.class);
        }
    }
}
