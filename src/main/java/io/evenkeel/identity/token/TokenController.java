package io.evenkeel.identity.token;

import io.evenkeel.identity.Role;
import io.evenkeel.identity.token.TokenResponse.TokenAnswer;
import io.evenkeel.identity.token.TokenResponse.TokenListAnswer;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Objects;
import java.util.UUID;
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
@RequestMapping("/identity/v1/tokens")
@Tag(name = "Identity")
class TokenController {

    private final TokenService tokens;
    private final TokenMapper mapper;
    private final TokenFilters filters;
    private final ListQueries lists;

    TokenController(TokenService tokens, TokenMapper mapper, TokenFilters filters, ListQueries lists) {
        this.tokens = tokens;
        this.mapper = mapper;
        this.filters = filters;
        this.lists = lists;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateToken", summary = "Create a token; its text is shown this once")
    TokenAnswer create(@RequestBody @Valid CreateTokenRequest.Envelope body) {
        var wanted = body.token();
        var issued = tokens.issue(
                wanted.projectId(),
                Role.ofWire(wanted.role()),
                Objects.requireNonNullElse(wanted.description(), ""),
                wanted.validity());
        return new TokenAnswer(mapper.toResponse(issued.token(), issued.text().value()), RequestId.current());
    }

    @GetMapping
    @Operation(operationId = "ListTokens", summary = "List tokens, without their text")
    TokenListAnswer list(@RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(filters, "", query);
        var found = tokens.list(page.uuids()).stream().map(mapper::toResponse).toList();
        return new TokenListAnswer(found, page.info(), RequestId.current());
    }

    @DeleteMapping("/{token_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteToken", summary = "Revoke a token at once")
    void delete(@PathVariable("token_id") UUID tokenId) {
        tokens.revoke(tokenId);
    }
}
