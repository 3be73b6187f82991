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
@RequestMapping("/inventory/v1/{project_id}/vpcs")
@Tag(name = "Inventory")
class VpcController {

    private final VpcService vpcs;
    private final VpcFilters filters;
    private final ListQueries lists;

    VpcController(VpcService vpcs, VpcFilters filters, ListQueries lists) {
        this.vpcs = vpcs;
        this.filters = filters;
        this.lists = lists;
    }

    @PutMapping("/{vpc_id}")
    @Operation(operationId = "PutInventoryVpc", summary = "Creates or replaces a VPC")
    ResponseEntity<VpcResponse.Answer> put(
            @PathVariable("project_id") String projectId,
            @PathVariable("vpc_id") String vpcId,
            @RequestBody @Valid PutVpcRequest request) {
        var status = vpcs.put(projectId, vpcId, request) ? HttpStatus.CREATED : HttpStatus.OK;
        return ResponseEntity.status(status).body(show(projectId, vpcId));
    }

    @GetMapping("/{vpc_id}")
    @Operation(operationId = "ShowInventoryVpc", summary = "Shows a VPC")
    VpcResponse.Answer show(@PathVariable("project_id") String projectId, @PathVariable("vpc_id") String vpcId) {
        return new VpcResponse.Answer(vpcs.require(projectId, vpcId), RequestId.current());
    }

    @GetMapping
    @Operation(operationId = "ListInventoryVpcs", summary = "Lists the VPCs of the project")
    VpcResponse.ListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        return new VpcResponse.ListAnswer(vpcs.read(projectId, page.ids()), page.info(), RequestId.current());
    }

    @DeleteMapping("/{vpc_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteInventoryVpc", summary = "Deletes a VPC that nobody uses")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("vpc_id") String vpcId) {
        vpcs.delete(projectId, vpcId);
    }
}
