package io.evenkeel.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Open to everyone, so that a client finds out whom it talks to. */
@RestController
@Tag(name = "Catalogue")
class VersionController {

    record ApiVersion(String id, String status) {}

    record VersionListAnswer(List<ApiVersion> versions) {}

    @GetMapping("/versions")
    @Operation(operationId = "ListApiVersions", summary = "Lists the versions of this API")
    VersionListAnswer list() {
        return new VersionListAnswer(List.of(new ApiVersion("v3", "CURRENT")));
    }
}
