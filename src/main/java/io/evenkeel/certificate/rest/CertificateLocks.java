package io.evenkeel.certificate.rest;

import io.evenkeel.certificate.Domains;
import io.evenkeel.platform.error.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Certificates under their lock, and who uses them. The lock excludes the foreign keys' own ({@code for key share}), so
 * that nobody begins to use a certificate while it changes: its users are all known and stay so.
 */
@Component
class CertificateLocks {

    private final JdbcClient jdbc;

    CertificateLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    void lock(String projectId, String id) {
        if (lockAll(projectId, List.of(id)).isEmpty()) {
            throw ErrorCode.NOT_FOUND.with("certificate", id);
        }
    }

    /** Those of them that are there, sorted. */
    List<String> lockAll(String projectId, List<String> ids) {
        return jdbc.sql("""
                        select id from certificate where project_id = :project and id = any(:ids)
                        order by id for update
                        """)
                .param("project", projectId)
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    /** Errors: {@link ErrorCode#CONFLICT} naming a listener. */
    void checkUnused(String id) {
        checkUnused(id, "");
    }

    void checkUnused(String id, String place) {
        user(id, "").ifPresent(listener -> {
            throw ErrorCode.CONFLICT.with("%slistener %s is using this certificate".formatted(place, listener));
        });
    }

    /** SNI finds a certificate by its domains, so one that listeners use for it keeps some. Errors: CONFLICT. */
    void checkDomain(String id, CertificateSpec spec) {
        if (Domains.of(spec.domain()).isEmpty()) {
            user(id, "and usage = 'SNI'").ifPresent(listener -> {
                throw ErrorCode.CONFLICT.with(
                        "listener %s is using this certificate for SNI, so its domain cannot be emptied"
                                .formatted(listener));
            });
        }
    }

    private Optional<UUID> user(String id, String condition) {
        return jdbc.sql("select listener_id from listener_certificate where certificate_id = :id %s order by 1 limit 1"
                        .formatted(condition))
                .param("id", id)
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .optional();
    }
}
