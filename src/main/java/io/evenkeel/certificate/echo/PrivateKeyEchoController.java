package io.evenkeel.certificate.echo;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/certificates/settings/private-key-echo")
@Tag(name = "Certificates")
class PrivateKeyEchoController {

    private final PrivateKeyEchoService service;

    PrivateKeyEchoController(PrivateKeyEchoService service) {
        this.service = service;
    }

    /** Without a wrapper, unlike other bodies (wire contract, operations.md). */
    record PrivateKeyEchoRequest(@NotNull Boolean privateKeyEcho) {}

    record PrivateKeyEchoAnswer(boolean privateKeyEcho, String requestId) {}

    @GetMapping
    @Operation(
            operationId = "ShowCertificatePrivateKeyEcho",
            summary = "Shows whether answers carry the private keys of certificates")
    PrivateKeyEchoAnswer show(@PathVariable("project_id") String projectId) {
        return new PrivateKeyEchoAnswer(service.isOn(projectId), RequestId.current());
    }

    @PostMapping
    @Operation(
            operationId = "CreateCertificatePrivateKeyEcho",
            summary = "Decides whether answers carry the private keys of certificates; they do not by default")
    PrivateKeyEchoAnswer set(
            @PathVariable("project_id") String projectId, @RequestBody @Valid PrivateKeyEchoRequest body) {
        service.set(projectId, body.privateKeyEcho());
        return new PrivateKeyEchoAnswer(body.privateKeyEcho(), RequestId.current());
    }
}
