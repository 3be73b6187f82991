package io.evenkeel.inventory.zone;

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
@RequestMapping("/inventory/v1/availability-zones")
@Tag(name = "Inventory")
class AvailabilityZoneController {

    private final AvailabilityZoneService zones;
    private final AvailabilityZoneFilters filters;
    private final ListQueries lists;

    AvailabilityZoneController(AvailabilityZoneService zones, AvailabilityZoneFilters filters, ListQueries lists) {
        this.zones = zones;
        this.filters = filters;
        this.lists = lists;
    }

    @PutMapping("/{code}")
    @Operation(operationId = "PutInventoryAvailabilityZone", summary = "Creates an availability zone, once")
    ResponseEntity<AvailabilityZoneResponse.Answer> put(
            @PathVariable("code") String code, @RequestBody @Valid PutAvailabilityZoneRequest request) {
        var status = zones.put(code) ? HttpStatus.CREATED : HttpStatus.OK;
        return ResponseEntity.status(status).body(show(code));
    }

    @GetMapping("/{code}")
    @Operation(operationId = "ShowInventoryAvailabilityZone", summary = "Shows an availability zone")
    AvailabilityZoneResponse.Answer show(@PathVariable("code") String code) {
        return new AvailabilityZoneResponse.Answer(zones.require(code), RequestId.current());
    }

    @GetMapping
    @Operation(operationId = "ListInventoryAvailabilityZones", summary = "Lists availability zones")
    AvailabilityZoneResponse.ListAnswer list(@RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(filters, "", query);
        return new AvailabilityZoneResponse.ListAnswer(zones.read(page.ids()), page.info(), RequestId.current());
    }

    @DeleteMapping("/{code}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteInventoryAvailabilityZone", summary = "Deletes an availability zone nobody uses")
    void delete(@PathVariable("code") String code) {
        zones.delete(code);
    }
}
