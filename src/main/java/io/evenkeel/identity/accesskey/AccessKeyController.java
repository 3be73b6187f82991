package io.evenkeel.identity.accesskey;

import io.evenkeel.identity.Role;
import io.evenkeel.identity.accesskey.AccessKeyResponse.AccessKeyAnswer;
import io.evenkeel.identity.accesskey.AccessKeyResponse.AccessKeyListAnswer;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/identity/v1/access-keys")
@Tag(name = "Identity")
class AccessKeyController {

    private final AccessKeyService accessKeys;
    private final AccessKeyMapper mapper;
    private final AccessKeyFilters filters;
    private final ListQueries lists;

    AccessKeyController(
            AccessKeyService accessKeys, AccessKeyMapper mapper, AccessKeyFilters filters, ListQueries lists) {
        this.accessKeys = accessKeys;
        this.mapper = mapper;
        this.filters = filters;
        this.lists = lists;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateAccessKey", summary = "Create an access key; its secret is shown this once")
    AccessKeyAnswer create(@RequestBody @Valid CreateAccessKeyRequest.Envelope body) {
        var wanted = body.accessKey();
        var made = accessKeys.create(
                wanted.projectId(), Role.ofWire(wanted.role()), Objects.requireNonNullElse(wanted.description(), ""));
        return new AccessKeyAnswer(mapper.toResponse(made.key(), made.secret().value()), RequestId.current());
    }

    @GetMapping
    @Operation(operationId = "ListAccessKeys", summary = "List access keys, without their secrets")
    AccessKeyListAnswer list(@RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(filters, "", query);
        var found = accessKeys.list(page.ids()).stream().map(mapper::toResponse).toList();
        return new AccessKeyListAnswer(found, page.info(), RequestId.current());
    }

    @DeleteMapping("/{access_key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteAccessKey", summary = "Revoke an access key at once")
    void delete(@PathVariable("access_key") String accessKey) {
        accessKeys.revoke(accessKey);
    }
}
