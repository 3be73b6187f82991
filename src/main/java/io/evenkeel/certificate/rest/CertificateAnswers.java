package io.evenkeel.certificate.rest;

import io.evenkeel.certificate.PrivateKeyOwner;
import io.evenkeel.certificate.echo.PrivateKeyEchoService;
import io.evenkeel.certificate.pem.LeafFacts;
import io.evenkeel.identity.Sealing;
import io.evenkeel.identity.Secret;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes answers out of ids: two statements for any number of certificates. */
@Component
class CertificateAnswers {

    private final EntityManager entities;
    private final PrivateKeyEchoService echo;
    private final Sealing sealing;
    private final CertificateMapper mapper;

    CertificateAnswers(EntityManager entities, PrivateKeyEchoService echo, Sealing sealing, CertificateMapper mapper) {
        this.entities = entities;
        this.echo = echo;
        this.sealing = sealing;
        this.mapper = mapper;
    }

    /** A certificate as it was read, not managed. */
    @SuppressWarnings("ArrayRecordComponent") // Sealed bytes, never compared.
    record Row(
            String id,
            String projectId,
            Instant createdAt,
            Instant updatedAt,
            CertificateSpec spec,
            LeafFacts leaf,
            byte @Nullable [] sealedPrivateKey) {}

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    Row require(String projectId, String id) {
        return rows(projectId, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("certificate", id));
    }

    CertificateResponse show(String projectId, String id) {
        return answer(require(projectId, id), echo.isOn(projectId));
    }

    /** In the order of the ids; what was deleted meanwhile is left out. */
    List<CertificateResponse> list(String projectId, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        boolean isEchoOn = echo.isOn(projectId);
        var rows = rows(projectId, ids).stream().collect(Collectors.toMap(Row::id, Function.identity()));
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .map(row -> answer(row, isEchoOn))
                .toList();
    }

    private CertificateResponse answer(Row row, boolean isEchoOn) {
        return mapper.toResponse(row, isEchoOn ? privateKey(row) : null);
    }

    /** The private key of a certificate that has one. */
    @Nullable
    Secret privateKey(Row row) {
        return row.sealedPrivateKey() == null
                ? null
                : new Secret(new String(sealing.open(row.sealedPrivateKey(), owner(row.id())), StandardCharsets.UTF_8));
    }

    byte @Nullable [] seal(String id, @Nullable Secret privateKey) {
        return privateKey == null ? null : sealing.seal(privateKey.bytes(), owner(id));
    }

    /** Whom a sealed private key belongs to. */
    static String owner(String id) {
        return PrivateKeyOwner.of(id);
    }

    private List<Row> rows(String projectId, Collection<String> ids) {
        return entities.createQuery("""
                        select c.id, c.projectId, c.createdAt, c.updatedAt, c.spec, c.leaf, c.sealedPrivateKey
                        from Certificate c where c.projectId = :project and c.id in :ids
                        """, Row.class)
                .setParameter("project", projectId)
                .setParameter("ids", ids)
                .getResultList();
    }
}
