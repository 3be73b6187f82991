package io.evenkeel.agentsync.compile;

import io.evenkeel.certificate.Domains;
import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.desiredstate.DesiredAuthorities;
import io.evenkeel.desiredstate.DesiredCertificate;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.DesiredTls.SniMatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The TLS of listeners: one statement for their certificates. Private keys stay sealed. */
final class TlsReader {

    private static final String CERTIFICATES = """
            select u.listener_id, u.usage, c.id, c.certificate, c.domain, c.sealed_private_key
            from listener_certificate u
            join listener l on l.id = u.listener_id
            join certificate c on c.id = u.certificate_id
            where l.load_balancer_id = any(cast(:ids as uuid[]))
            order by u.listener_id, u.usage, c.id
            """;

    private final JdbcClient jdbc;

    TlsReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What listeners use certificates for, by listener. */
    record Certificates(
            Map<UUID, DesiredCertificate> servers,
            Map<UUID, List<DesiredCertificate>> sni,
            Map<UUID, DesiredAuthorities> authorities) {}

    Certificates certificates(String[] loadBalancerIds) {
        var found = new Certificates(new HashMap<>(), new HashMap<>(), new HashMap<>());
        jdbc.sql(CERTIFICATES).param("ids", loadBalancerIds).query(row -> {
            var listenerId = row.getObject("listener_id", UUID.class);
            switch (row.getString("usage")) {
                case "SERVER" -> found.servers().put(listenerId, certificate(row));
                case "SNI" ->
                    found.sni()
                            .computeIfAbsent(listenerId, id -> new ArrayList<>())
                            .add(certificate(row));
                case "CLIENT_CA" ->
                    found.authorities()
                            .put(listenerId, new DesiredAuthorities(row.getString("id"), row.getString("certificate")));
                default -> throw new IllegalArgumentException("No usage of certificates: " + row.getString("usage"));
            }
        });
        return found;
    }

    private static DesiredCertificate certificate(ResultSet row) throws SQLException {
        return new DesiredCertificate(
                row.getString("id"),
                Domains.of(row.getString("domain")),
                row.getString("certificate"),
                Base64.getEncoder().encodeToString(row.getBytes("sealed_private_key")));
    }

    /** Of a listener's row, joined with its security policy if it has one. */
    static Optional<DesiredTls> tls(ResultSet row, Certificates certificates) throws SQLException {
        var listenerId = row.getObject("id", UUID.class);
        var server = certificates.servers().get(listenerId);
        if (server == null) {
            return Optional.empty();
        }
        var custom = row.getArray("protocols");
        var system = systemPolicy(row.getString("tls_ciphers_policy"));
        return Optional.of(new DesiredTls(
                custom == null ? system.protocols() : List.of((String[]) custom.getArray()),
                custom == null
                        ? system.ciphers()
                        : List.of((String[]) row.getArray("ciphers").getArray()),
                server,
                certificates.sni().getOrDefault(listenerId, List.of()),
                row.getString("sni_match_algo").equals("longest_suffix") ? SniMatch.LONGEST_SUFFIX : SniMatch.WILDCARD,
                Optional.ofNullable(certificates.authorities().get(listenerId)),
                row.getString("protocol").equals("HTTPS") && row.getBoolean("http2_enable")));
    }

    /** A TLS listener has none of its own. */
    private static SystemSecurityPolicy systemPolicy(@Nullable String name) {
        var wanted = name == null ? SystemSecurityPolicy.DEFAULT : name;
        return SystemSecurityPolicy.ALL.stream()
                .filter(policy -> policy.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No system security policy is called " + wanted));
    }
}
