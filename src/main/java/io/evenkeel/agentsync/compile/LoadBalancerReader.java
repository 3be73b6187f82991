package io.evenkeel.agentsync.compile;

import io.evenkeel.desiredstate.DesiredAccessLog;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredListener.PortRange;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.ListenerProtocol;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Load balancers with their listeners, their TLS, their clients and their policies: five statements. */
@Component
class LoadBalancerReader {

    /** What a listener without a timeout of its own has (wire contract, resources.md §2). */
    private static final int DEFAULT_TIMEOUT_SECONDS = 60;

    /** How long a UDP session without datagrams lives. */
    private static final int DEFAULT_SESSION_SECONDS = 300;

    private static final String LOAD_BALANCERS = """
            select b.id, b.generation, b.project_id, b.admin_state_up, host(b.vip_address) as vip,
                   host(b.ipv6_vip_address) as ipv6_vip, b.availability_zones, t.log_group_id, t.log_topic_id
            from load_balancer b
            left join logtank t on t.load_balancer_id = b.id
            where b.id = any(cast(:ids as uuid[]))
            order by b.id
            """;

    private static final String LISTENERS = """
            select l.load_balancer_id, l.id, l.name, l.protocol, l.protocol_port, l.port_ranges, l.admin_state_up,
                   l.default_pool_id, l.keepalive_timeout, l.client_timeout, l.member_timeout, l.insert_headers,
                   l.enable_member_retry, l.proxy_protocol_enable, l.tls_ciphers_policy, l.sni_match_algo,
                   l.ipgroup_id, l.ipgroup_enable, l.ipgroup_type, l.connection, l.cps, l.gzip_enable,
                   l.http2_enable, p.protocols, p.ciphers
            from listener l
            left join security_policy p on p.id = l.security_policy_id
            where l.load_balancer_id = any(cast(:ids as uuid[]))
            order by l.load_balancer_id, l.id
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final TlsReader tls;
    private final AccessReader access;
    private final PolicyReader policies;

    LoadBalancerReader(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
        this.tls = new TlsReader(jdbc);
        this.access = new AccessReader(jdbc);
        this.policies = new PolicyReader(jdbc, json);
    }

    List<DesiredLoadBalancer> read(List<UUID> ids) {
        var texts = ids.stream().map(UUID::toString).toArray(String[]::new);
        var listeners = listeners(texts);
        return jdbc.sql(LOAD_BALANCERS)
                .param("ids", texts)
                .query((row, n) ->
                        loadBalancer(row, listeners.getOrDefault(row.getObject("id", UUID.class), List.of())))
                .list();
    }

    private Map<UUID, List<DesiredListener>> listeners(String[] ids) {
        var listeners = new HashMap<UUID, List<DesiredListener>>();
        var certificates = tls.certificates(ids);
        var ipGroups = access.ipGroups(ids);
        var policiesOf = policies.ofListeners(ids);
        jdbc.sql(LISTENERS).param("ids", ids).query(row -> {
            listeners
                    .computeIfAbsent(row.getObject("load_balancer_id", UUID.class), owner -> new ArrayList<>())
                    .add(listener(row, certificates)
                            .withAccess(AccessReader.access(row, ipGroups))
                            .withCompression(row.getBoolean("gzip_enable"))
                            .withPolicies(policiesOf.getOrDefault(row.getObject("id", UUID.class), List.of())));
        });
        return listeners;
    }

    private static DesiredLoadBalancer loadBalancer(ResultSet row, List<DesiredListener> listeners)
            throws SQLException {
        var topic = row.getString("log_topic_id");
        return new DesiredLoadBalancer(
                row.getObject("id", UUID.class),
                row.getLong("generation"),
                row.getString("project_id"),
                row.getBoolean("admin_state_up"),
                Stream.of(Optional.ofNullable(row.getString("vip")), Optional.ofNullable(row.getString("ipv6_vip")))
                        .flatMap(Optional::stream)
                        .toList(),
                List.of((String[]) row.getArray("availability_zones").getArray()),
                listeners,
                Optional.ofNullable(row.getString("log_group_id")).map(group -> new DesiredAccessLog(group, topic)));
    }

    private DesiredListener listener(ResultSet row, TlsReader.Certificates certificates) throws SQLException {
        return new DesiredListener(
                row.getObject("id", UUID.class),
                row.getString("name"),
                ListenerProtocol.valueOf(row.getString("protocol")),
                row.getInt("protocol_port"),
                portRanges(row.getString("port_ranges")),
                row.getBoolean("admin_state_up"),
                Optional.ofNullable(row.getObject("default_pool_id", UUID.class)),
                keepalive(row),
                seconds(row, "client_timeout"),
                seconds(row, "member_timeout"),
                headers(row.getString("insert_headers")),
                row.getBoolean("enable_member_retry"),
                row.getBoolean("proxy_protocol_enable"),
                TlsReader.tls(row, certificates));
    }

    /** A UDP listener may say 0, which gives its sessions the time that they have by default. */
    private static Duration keepalive(ResultSet row) throws SQLException {
        boolean isUnset = row.getString("protocol").equals("UDP") && row.getInt("keepalive_timeout") == 0;
        return isUnset ? Duration.ofSeconds(DEFAULT_SESSION_SECONDS) : seconds(row, "keepalive_timeout");
    }

    private static Duration seconds(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, Integer.class);
        return Duration.ofSeconds(value == null ? DEFAULT_TIMEOUT_SECONDS : value);
    }

    private List<PortRange> portRanges(String text) {
        try {
            return json.readValue(text, new TypeReference<List<Map<String, Integer>>>() {}).stream()
                    .map(range -> new PortRange(range.getOrDefault("startPort", 0), range.getOrDefault("endPort", 0)))
                    .toList();
        } catch (JacksonException e) {
            throw new IllegalArgumentException("port_ranges is no list of ranges", e);
        }
    }

    private Map<String, String> headers(String text) {
        try {
            var stored = json.readValue(text, new TypeReference<Map<String, Object>>() {});
            var headers = new HashMap<String, String>();
            stored.forEach((name, value) -> headers.put(name, String.valueOf(value)));
            return headers;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("insert_headers is no JSON object", e);
        }
    }
}
