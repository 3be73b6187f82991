package io.evenkeel.listener.reference;

import io.evenkeel.certificate.CertificateReplaced;
import io.evenkeel.certificate.Certificates;
import io.evenkeel.certificate.Domains;
import io.evenkeel.certificate.KnownCertificate;
import io.evenkeel.certificate.SecurityPolicies;
import io.evenkeel.certificate.SecurityPolicyChanged;
import io.evenkeel.listener.settings.TlsReferences;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what listeners refer to for TLS true, always in the transaction of the write that is concerned: certificates and
 * policies are held or locked first, then load balancers advance, then rows are written. Owns the table
 * {@code listener_certificate}, whose rows go with their listener's.
 */
@Component
public class ListenerCertificates {

    private static final String TLS_1_3 = "TLSv1.3";

    private final Certificates certificates;
    private final SecurityPolicies policies;
    private final LoadBalancers loadBalancers;
    private final JdbcClient jdbc;

    ListenerCertificates(
            Certificates certificates, SecurityPolicies policies, LoadBalancers loadBalancers, JdbcClient jdbc) {
        this.certificates = certificates;
        this.policies = policies;
        this.loadBalancers = loadBalancers;
        this.jdbc = jdbc;
    }

    /**
     * Holds everything that a listener shall refer to, and checks it; comes before every advance. Errors: NOT_FOUND,
     * INVALID_INPUT for a certificate of the wrong type, or domains that do not go together.
     */
    public void hold(String projectId, TlsReferences wanted) {
        var known = certificates.hold(projectId, wanted.certificateIds());
        checkType(known, wanted.certificateId(), "default_tls_container_ref", true);
        checkType(known, wanted.clientCaId(), "client_ca_tls_container_ref", false);
        var domains = new ArrayList<List<String>>();
        for (var id : wanted.sniIds()) {
            checkType(known, id, "sni_container_refs", true);
            var ofOne = Objects.requireNonNull(known.get(id)).domains();
            if (ofOne.isEmpty()) {
                throw refused("sni_container_refs", "certificate %s has no domain to be found by".formatted(id));
            }
            domains.add(ofOne);
        }
        SniDomains.complaint(domains).ifPresent(rule -> {
            throw refused("sni_container_refs", rule);
        });
        var policyId = wanted.securityPolicyId();
        if (policyId != null && !policies.hold(projectId, policyId).contains(TLS_1_3) && wanted.isEarlyDataEnabled()) {
            throw refused("ssl_early_data_enable", "needs a security policy that allows TLSv1.3");
        }
    }

    private static void checkType(
            Map<String, KnownCertificate> known, @Nullable String id, String attribute, boolean isServer) {
        if (id != null && Objects.requireNonNull(known.get(id)).isServer() != isServer) {
            throw refused(attribute, "needs a certificate of type " + (isServer ? "server" : "client"));
        }
    }

    private static RuntimeException refused(String attribute, String rule) {
        return ErrorCode.INVALID_INPUT.with("listener." + attribute, rule);
    }

    /** Writes down what the listener refers to from now on; its own row is written already. */
    public void write(UUID listenerId, TlsReferences references) {
        jdbc.sql("delete from listener_certificate where listener_id = :listener")
                .param("listener", listenerId)
                .update();
        insert(listenerId, "SERVER", references.certificateId());
        insert(listenerId, "CLIENT_CA", references.clientCaId());
        references.sniIds().forEach(id -> insert(listenerId, "SNI", id));
    }

    private void insert(UUID listenerId, String usage, @Nullable String certificateId) {
        if (certificateId != null) {
            jdbc.sql("insert into listener_certificate (listener_id, usage, certificate_id) values (:id, :usage, :ref)")
                    .param("id", listenerId)
                    .param("usage", usage)
                    .param("ref", certificateId)
                    .update();
        }
    }

    /** The certificate is locked, so no other listener takes it meanwhile. Errors: CONFLICT. */
    @EventListener
    void follow(CertificateReplaced change) {
        loadBalancers.advanceAll(
                change.projectId(),
                loadBalancers(
                        "id in (select listener_id from listener_certificate where certificate_id = :id)",
                        change.certificateId()));
        var domains = new HashMap<UUID, List<List<String>>>();
        jdbc.sql("""
                        select o.listener_id, o.certificate_id, c.domain
                        from listener_certificate u
                        join listener_certificate o on o.listener_id = u.listener_id and o.usage = 'SNI'
                        join certificate c on c.id = o.certificate_id
                        where u.certificate_id = :id and u.usage = 'SNI' order by 1, 2
                        """).param("id", change.certificateId()).query(row -> {
            var ofOne =
                    change.certificateId().equals(row.getString(2)) ? change.domains() : Domains.of(row.getString(3));
            var listener = Objects.requireNonNull(row.getObject(1, UUID.class));
            domains.computeIfAbsent(listener, id -> new ArrayList<>()).add(ofOne);
        });
        domains.forEach((listener, ofEach) -> SniDomains.complaint(ofEach).ifPresent(rule -> {
            throw ErrorCode.CONFLICT.with("sni_container_refs of listener %s %s".formatted(listener, rule));
        }));
    }

    /** The policy is locked, so no other listener takes it meanwhile. Errors: CONFLICT. */
    @EventListener
    void follow(SecurityPolicyChanged change) {
        loadBalancers.advanceAll(
                change.projectId(), loadBalancers("security_policy_id = :id", change.securityPolicyId()));
        if (!change.protocols().contains(TLS_1_3)) {
            jdbc.sql("select id from listener where security_policy_id = :id and ssl_early_data_enable limit 1")
                    .param("id", change.securityPolicyId())
                    .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                    .optional()
                    .ifPresent(listener -> {
                        throw ErrorCode.CONFLICT.with(
                                "listener %s has ssl_early_data_enable, which needs TLSv1.3".formatted(listener));
                    });
        }
    }

    /** Those of the listeners that the condition finds, sorted. */
    private List<UUID> loadBalancers(String condition, Object id) {
        return jdbc.sql("select distinct load_balancer_id from listener where " + condition + " order by 1")
                .param("id", id)
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .list();
    }
}
