package io.evenkeel.catalog;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/flavors")
@Tag(name = "Catalogue")
class FlavorController {

    private final ListQueries queries;
    private final FlavorFilters filters;
    private final FlavorReader flavors;

    FlavorController(ListQueries queries, FlavorFilters filters, FlavorReader flavors) {
        this.queries = queries;
        this.filters = filters;
        this.flavors = flavors;
    }

    record FlavorAnswer(FlavorResponse flavor, String requestId) {}

    record FlavorListAnswer(List<FlavorResponse> flavors, PageInfo pageInfo, String requestId) {}

    @GetMapping
    @Operation(operationId = "ListFlavors", summary = "Lists the sizes a load balancer can be given")
    FlavorListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = queries.page(filters, projectId, query);
        return new FlavorListAnswer(flavors.read(projectId, page.ids()), page.info(), RequestId.current());
    }

    @GetMapping("/{flavor_id}")
    @Operation(operationId = "ShowFlavor", summary = "Shows one size")
    FlavorAnswer show(@PathVariable("project_id") String projectId, @PathVariable("flavor_id") String flavorId) {
        return flavors.read(projectId, List.of(flavorId)).stream()
                .findFirst()
                .map(flavor -> new FlavorAnswer(flavor, RequestId.current()))
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("flavor", flavorId));
    }
}
