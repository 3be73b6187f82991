package io.evenkeel.certificate.rest;

import io.evenkeel.certificate.CertificateReplaced;
import io.evenkeel.certificate.Domains;
import io.evenkeel.certificate.pem.LeafFacts;
import io.evenkeel.certificate.rest.CertificateAnswers.Row;
import io.evenkeel.identity.Secret;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.Timestamps;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.platform.write.Warnings;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/**
 * Certificates. A write locks the certificate first, before any load balancer: who refers to it holds it meanwhile
 * ({@link CertificateLocks}). Errors: INVALID_INPUT, REQUIRED, CERTIFICATE_INVALID, CA_CERTIFICATE_INVALID,
 * KEY_MISMATCH, NOT_FOUND, CONFLICT (in use), QUOTA_EXCEEDED.
 */
@Service
class CertificateService {

    private static final Logger log = LoggerFactory.getLogger(CertificateService.class);
    private static final String KIND = "certificate";

    private final EntityManager entities;
    private final CertificateAnswers answers;
    private final CertificateLocks locks;
    private final Quotas quotas;
    private final ListQueries queries;
    private final CertificateFilters filters;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CertificateService(
            EntityManager entities,
            CertificateAnswers answers,
            CertificateLocks locks,
            Quotas quotas,
            ListQueries queries,
            CertificateFilters filters,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.answers = answers;
        this.locks = locks;
        this.quotas = quotas;
        this.queries = queries;
        this.filters = filters;
        this.events = events;
        this.clock = clock;
    }

    /** A page of answers. */
    record Page(List<CertificateResponse> certificates, PageInfo info) {}

    /** A certificate as audits show it: the key hides itself. */
    record Written(CertificateSpec certificate, @Nullable Secret privateKey) {}

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = queries.page(filters, projectId, query);
        return new Page(answers.list(projectId, page.ids()), page.info());
    }

    @Transactional(readOnly = true)
    CertificateResponse show(String projectId, String id) {
        return answers.show(projectId, id);
    }

    @Transactional
    CertificateResponse create(String projectId, CreateCertificateRequest request) {
        var spec = request.toSpec(projectId);
        var material = CertificateMaterial.of(spec, request.key());
        var id = Ids.next(clock).toString().replace("-", "");
        var home = new Certificate.Home(projectId, Objects.requireNonNullElse(request.enterpriseProjectId(), "0"));
        quotas.take(projectId, QuotaKey.CERTIFICATE, 1);
        var sealed = answers.seal(id, material.privateKey());
        entities.persist(new Certificate(id, home, clock.instant(), spec, material.leaf(), sealed));
        entities.flush();
        warnOfExpiry(material.leaf());
        var written = new Written(spec, material.privateKey());
        events.publishEvent(ResourceWritten.created(projectId, KIND, id, null, written));
        log.atInfo().addKeyValue("certificateId", id).log("Certificate created");
        return answers.show(projectId, id);
    }

    @Transactional
    CertificateResponse update(String projectId, String id, UpdateCertificateRequest request) {
        if (!isChange(answers.require(projectId, id), request)) {
            return answers.show(projectId, id);
        }
        locks.lock(projectId, id);
        var now = answers.require(projectId, id);
        var spec = request.applyTo(now.spec());
        var keyNow = answers.privateKey(now);
        var material = CertificateMaterial.of(spec, request.applyTo(keyNow));
        locks.checkDomain(id, spec);
        boolean isReplaced = !spec.certificate().equals(now.spec().certificate())
                || !Objects.equals(material.privateKey(), keyNow)
                || !Objects.equals(spec.domain(), now.spec().domain());
        if (isReplaced) {
            events.publishEvent(new CertificateReplaced(projectId, id, Domains.of(spec.domain())));
        }
        var certificate = Objects.requireNonNull(entities.find(Certificate.class, id));
        certificate.apply(spec, clock.instant());
        if (isReplaced) {
            certificate.replace(material.leaf(), answers.seal(id, material.privateKey()));
        }
        entities.flush();
        warnOfExpiry(material.leaf());
        events.publishEvent(ResourceWritten.updated(
                projectId, KIND, id, null, new Written(now.spec(), keyNow), new Written(spec, material.privateKey())));
        return answers.show(projectId, id);
    }

    private boolean isChange(Row row, UpdateCertificateRequest request) {
        var key = answers.privateKey(row);
        return !request.applyTo(row.spec()).equals(row.spec()) || !Objects.equals(request.applyTo(key), key);
    }

    @Transactional
    void delete(String projectId, String id) {
        locks.lock(projectId, id);
        locks.checkUnused(id);
        remove(projectId, id);
    }

    /** All of them or none: what is not there is left out of the result, what is in use refuses the batch. */
    @Transactional
    List<String> deleteAll(String projectId, List<String> ids) {
        var found = locks.lockAll(projectId, ids);
        for (int i = 0; i < ids.size(); i++) {
            if (found.contains(ids.get(i))) {
                locks.checkUnused(ids.get(i), "certificates[" + i + "]: ");
            }
        }
        found.forEach(id -> remove(projectId, id));
        return found;
    }

    private void remove(String projectId, String id) {
        var certificate = answers.require(projectId, id);
        entities.remove(entities.getReference(Certificate.class, id));
        entities.flush();
        quotas.giveBack(projectId, QuotaKey.CERTIFICATE, 1);
        events.publishEvent(ResourceWritten.deleted(
                projectId, KIND, id, null, new Written(certificate.spec(), answers.privateKey(certificate))));
        log.atInfo().addKeyValue("certificateId", id).log("Certificate deleted");
    }

    private void warnOfExpiry(LeafFacts leaf) {
        if (leaf.expireTime().isBefore(clock.instant())) {
            Warnings.add(
                    "CERTIFICATE_EXPIRED",
                    "The certificate expired at %s; clients will refuse it. Send a new one."
                            .formatted(Timestamps.onWire(leaf.expireTime())));
        } else if (leaf.notBefore().isAfter(clock.instant())) {
            Warnings.add(
                    "CERTIFICATE_NOT_YET_VALID",
                    "The certificate is valid only from %s; clients refuse it until then."
                            .formatted(Timestamps.onWire(leaf.notBefore())));
        }
    }
}
