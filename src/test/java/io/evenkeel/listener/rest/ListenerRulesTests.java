package io.evenkeel.listener.rest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.listener.settings.Protocol;
import io.evenkeel.platform.error.ElbException;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.PoolProtocol;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules between a pool and a listener. */
class ListenerRulesTests {

    private static final UUID LOAD_BALANCER = UUID.randomUUID();

    private static AdvancedPool pool(PoolProtocol protocol, String ipVersion) {
        return new AdvancedPool(
                UUID.randomUUID(), 2, protocol, "vpc", "", null, 0, false, false, ipVersion, LOAD_BALANCER);
    }

    @Test
    void wantsHttp2InFrontOfAGrpcPool() {
        var grpc = pool(PoolProtocol.GRPC, "v4");

        assertThatCode(() -> ListenerRules.checkPool(Protocol.HTTPS, true, grpc, LOAD_BALANCER))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ListenerRules.checkPool(Protocol.HTTPS, false, grpc, LOAD_BALANCER))
                .isInstanceOf(ElbException.class)
                .hasMessageContainingAll("http2_enable", grpc.id().toString());
    }

    @Test
    void takesATcpPoolBehindATlsListenerOnlyWithIpv4() {
        var dualStack = pool(PoolProtocol.TCP, "dualstack");

        for (var protocol : new PoolProtocol[] {PoolProtocol.TCP, PoolProtocol.TLS}) {
            assertThatCode(() -> ListenerRules.checkPool(Protocol.TLS, false, pool(protocol, "v4"), LOAD_BALANCER))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> ListenerRules.checkPool(Protocol.TLS, false, dualStack, LOAD_BALANCER))
                .isInstanceOf(ElbException.class)
                .hasMessageContainingAll("ip_version v4", dualStack.id().toString());
    }

    @Test
    void takesAPoolOfAnotherLoadBalancerNever() {
        var there = pool(PoolProtocol.HTTPS, "v4");

        assertThatThrownBy(() -> ListenerRules.checkPool(Protocol.HTTPS, false, there, UUID.randomUUID()))
                .isInstanceOf(ElbException.class)
                .hasMessageContaining(LOAD_BALANCER.toString());
    }
}
