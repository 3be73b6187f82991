package io.evenkeel.inventory.network;

import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/inventory/v1/{project_id}/subnets")
@Tag(name = "Inventory")
class SubnetController {

    private final SubnetService subnets;
    private final SubnetFilters filters;
    private final ListQueries lists;

    SubnetController(SubnetService subnets, SubnetFilters filters, ListQueries lists) {
        this.subnets = subnets;
        this.filters = filters;
        this.lists = lists;
    }

    @PutMapping("/{subnet_id}")
    @Operation(operationId = "PutInventorySubnet", summary = "Creates or replaces a subnet")
    ResponseEntity<SubnetResponse.Answer> put(
            @PathVariable("project_id") String projectId,
            @PathVariable("subnet_id") String subnetId,
            @RequestBody @Valid PutSubnetRequest request) {
        var status = subnets.put(projectId, subnetId, request) ? HttpStatus.CREATED : HttpStatus.OK;
        return ResponseEntity.status(status).body(show(projectId, subnetId));
    }

    @GetMapping("/{subnet_id}")
    @Operation(operationId = "ShowInventorySubnet", summary = "Shows a subnet")
    SubnetResponse.Answer show(
            @PathVariable("project_id") String projectId, @PathVariable("subnet_id") String subnetId) {
        return new SubnetResponse.Answer(subnets.require(projectId, subnetId), RequestId.current());
    }

    @GetMapping
    @Operation(operationId = "ListInventorySubnets", summary = "Lists the subnets of the project")
    SubnetResponse.ListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        return new SubnetResponse.ListAnswer(subnets.read(projectId, page.ids()), page.info(), RequestId.current());
    }

    @DeleteMapping("/{subnet_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteInventorySubnet", summary = "Deletes a subnet that nobody uses")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("subnet_id") String subnetId) {
        subnets.delete(projectId, subnetId);
    }
}
