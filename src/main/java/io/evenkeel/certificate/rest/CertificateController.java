package io.evenkeel.certificate.rest;

import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/certificates")
@Tag(name = "Certificates")
class CertificateController {

    private static final String DELETED = "successful";
    private static final String ABSENT = "not found";

    private final CertificateService service;

    CertificateController(CertificateService service) {
        this.service = service;
    }

    record CreateCertificateEnvelope(@NotNull @Valid CreateCertificateRequest certificate) {}

    record UpdateCertificateEnvelope(@NotNull @Valid UpdateCertificateRequest certificate) {}

    record CertificateAnswer(CertificateResponse certificate, String requestId) {

        CertificateAnswer(CertificateResponse certificate) {
            this(certificate, RequestId.current());
        }
    }

    record CertificateListAnswer(List<CertificateResponse> certificates, PageInfo pageInfo, String requestId) {}

    /** Without a wrapper (wire contract, operations.md). */
    record BatchDeleteCertificatesRequest(
            @NotNull @Size(min = 1, max = 100, message = "must hold 1..100 ids")
            List<
                            @NotNull @Size(min = 1, max = 64, message = "must be an id")
                            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                    certificates) {}

    /** What became of one certificate: {@code successful} or {@code not found}. */
    record DeletedCertificate(String id, String retStatus) {}

    record BatchDeleteCertificatesAnswer(List<DeletedCertificate> certificates, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateCertificate", summary = "Keeps a certificate, and seals its private key")
    CertificateAnswer create(
            @PathVariable("project_id") String projectId, @RequestBody @Valid CreateCertificateEnvelope body) {
        return new CertificateAnswer(service.create(projectId, body.certificate()));
    }

    @GetMapping
    @Operation(operationId = "ListCertificates", summary = "Lists certificates")
    CertificateListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new CertificateListAnswer(page.certificates(), page.info(), RequestId.current());
    }

    @GetMapping("/{certificate_id}")
    @Operation(operationId = "ShowCertificate", summary = "Shows a certificate")
    CertificateAnswer show(
            @PathVariable("project_id") String projectId, @PathVariable("certificate_id") String certificateId) {
        return new CertificateAnswer(service.show(projectId, certificateId));
    }

    @PutMapping("/{certificate_id}")
    @Operation(
            operationId = "UpdateCertificate",
            summary = "Changes or replaces a certificate, for every listener that uses it")
    CertificateAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("certificate_id") String certificateId,
            @RequestBody @Valid UpdateCertificateEnvelope body) {
        return new CertificateAnswer(service.update(projectId, certificateId, body.certificate()));
    }

    @DeleteMapping("/{certificate_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteCertificate", summary = "Deletes a certificate that no listener uses")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("certificate_id") String certificateId) {
        service.delete(projectId, certificateId);
    }

    @PostMapping("/batch-delete")
    @Operation(operationId = "BatchDeleteCertificates", summary = "Deletes certificates, all of them or none")
    BatchDeleteCertificatesAnswer deleteAll(
            @PathVariable("project_id") String projectId, @RequestBody @Valid BatchDeleteCertificatesRequest body) {
        var deleted = service.deleteAll(projectId, body.certificates());
        return new BatchDeleteCertificatesAnswer(
                body.certificates().stream()
                        .map(id -> new DeletedCertificate(id, deleted.contains(id) ? DELETED : ABSENT))
                        .toList(),
                RequestId.current());
    }
}
