package io.evenkeel.listener.rest;

import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.listener.settings.NotInEffect;
import io.evenkeel.listener.settings.PortRange;
import io.evenkeel.listener.settings.Protocol;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.PoolProtocol;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a listener must agree on with others; asked under the lock of its load balancer. */
@Component
class ListenerRules {

    /** TCP, HTTP, HTTPS and TLS share one space of ports, UDP and QUIC another. */
    private static final String PORT_IN_USE = """
            select greatest(used.first, :first) from (
                select protocol_port as first, protocol_port as last from listener
                where load_balancer_id = :loadBalancer and transport = :transport and protocol_port > 0
                union all
                select (r->>'startPort')::int, (r->>'endPort')::int
                from listener l cross join jsonb_array_elements(l.port_ranges) r
                where l.load_balancer_id = :loadBalancer and l.transport = :transport
            ) used
            where used.first <= :last and used.last >= :first
            order by 1 limit 1
            """;

    private final JdbcClient jdbc;

    ListenerRules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells the caller what of the listener no worker acts on yet. */
    static void warn(UUID id, ListenerSpec listener) {
        new NotInEffect()
                .when(listener.http2Enable() && listener.protocol() != Protocol.HTTPS, "http2_enable")
                .when(listener.sslEarlyDataEnable(), "ssl_early_data_enable")
                .when(listener.nat64Enable(), "nat64_enable")
                .headers(listener.insertHeaders())
                .policy(listener.protocol(), listener.tlsCiphersPolicy(), listener.securityPolicyId())
                .warn(id);
    }

    static void checkFlavor(AdvancedLoadBalancer loadBalancer, Protocol protocol) {
        if (protocol.isL7() ? !loadBalancer.hasL7() : !loadBalancer.hasL4()) {
            throw ErrorCode.MISMATCH.with(
                    "A listener of protocol %s needs a load balancer with an %s flavor, which loadbalancer %s has not"
                            .formatted(protocol, protocol.isL7() ? "L7" : "L4", loadBalancer.id()));
        }
    }

    /** Errors: CONFLICT naming the first port that another listener has. */
    void checkPorts(UUID loadBalancerId, ListenerSpec listener) {
        var wanted = listener.portRanges().isEmpty()
                ? List.of(new PortRange(listener.protocolPort(), listener.protocolPort()))
                : listener.portRanges();
        for (var range : wanted) {
            jdbc.sql(PORT_IN_USE)
                    .param("loadBalancer", loadBalancerId)
                    .param("transport", listener.protocol().isDatagram() ? "UDP" : "TCP")
                    .param("first", range.startPort())
                    .param("last", range.endPort())
                    .query(Integer.class)
                    .optional()
                    .ifPresent(port -> {
                        throw ErrorCode.CONFLICT.with("Load Balancer %s already has a listener with protocol_port of %s"
                                .formatted(loadBalancerId, port));
                    });
        }
    }

    /**
     * Clients can only be sent on to a QUIC listener, and this installation has none yet. Errors: NOT_FOUND, MISMATCH.
     */
    void checkQuicListener(String projectId, ListenerSpec listener) {
        var config = listener.quicConfig();
        if (config == null) {
            return;
        }
        var id = UUID.fromString(config.quicListenerId());
        var protocol = jdbc.sql("select protocol from listener where id = :id and project_id = :project")
                .param("id", id)
                .param("project", projectId)
                .query(String.class)
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("listener", id));
        if (!protocol.equals(Protocol.QUIC.name())) {
            throw ErrorCode.MISMATCH.with(
                    "quic_config.quic_listener_id must name a QUIC listener; listener %s has protocol %s"
                            .formatted(id, protocol));
        }
    }

    /** How many listeners the load balancer has. */
    int listenersOf(UUID loadBalancerId) {
        return jdbc.sql("select count(*) from listener where load_balancer_id = :loadBalancer")
                .param("loadBalancer", loadBalancerId)
                .query(Integer.class)
                .single();
    }

    /** Without HTTP/2 no policy can reach a GRPC pool. Errors: MISMATCH. */
    void checkPolicyPools(UUID listenerId, boolean hasHttp2) {
        if (!hasHttp2) {
            first("""
                    select u.pool_id from l7policy_pool u join pool p on p.id = u.pool_id
                    where u.listener_id = :id and p.protocol = 'GRPC' order by 1 limit 1
                    """, listenerId).ifPresent(pool -> {
                throw ErrorCode.MISMATCH.with(
                        "A listener in front of the GRPC pool %s needs http2_enable true".formatted(pool));
            });
        }
    }

    /** Errors: CONFLICT naming a policy of the listener, or one of another that redirects to it. */
    void checkNoPolicyUses(UUID listenerId) {
        first(
                        "select id from l7policy where listener_id = :id or redirect_listener_id = :id order by id limit 1",
                        listenerId)
                .ifPresent(policy -> {
                    throw ErrorCode.CONFLICT.with("l7policy %s is using this listener".formatted(policy));
                });
    }

    private Optional<UUID> first(String sql, UUID listenerId) {
        return jdbc.sql(sql).param("id", listenerId).query(UUID.class).optional();
    }

    /** Whether the pool can serve the listener; both rows are locked. Errors: MISMATCH. */
    static void checkPool(Protocol protocol, boolean hasHttp2, AdvancedPool pool, UUID loadBalancerId) {
        if (!protocol.accepts(pool.protocol())) {
            throw ErrorCode.MISMATCH.with("Listener protocol %s and pool protocol %s are not compatible"
                    .formatted(protocol, pool.protocol()));
        }
        if (pool.protocol() == PoolProtocol.GRPC && !hasHttp2) {
            throw ErrorCode.MISMATCH.with(
                    "A listener in front of the GRPC pool %s needs http2_enable true".formatted(pool.id()));
        }
        if (protocol == Protocol.TLS
                && pool.protocol() == PoolProtocol.TCP
                && !pool.ipVersion().equals("v4")) {
            throw ErrorCode.MISMATCH.with("A TLS listener takes a TCP pool only with ip_version v4; pool %s has %s"
                    .formatted(pool.id(), pool.ipVersion()));
        }
        boolean isShared = !pool.type().isEmpty();
        if (!isShared && pool.loadBalancerId() != null && !pool.loadBalancerId().equals(loadBalancerId)) {
            throw ErrorCode.MISMATCH.with("Loadbalancer %s of pool %s and loadbalancer %s of the listener mismatch"
                    .formatted(pool.loadBalancerId(), pool.id(), loadBalancerId));
        }
    }
}
