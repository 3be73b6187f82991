package io.evenkeel.loadbalancer.zone;

import io.evenkeel.inventory.AvailabilityZones;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The zones a load balancer may be in. There is one set of them, so any zones go together. */
@RestController
@Tag(name = "Catalogue")
class ZoneSetController {

    private static final String GROUP = "center";

    private final AvailabilityZones zones;
    private final JdbcClient jdbc;

    ZoneSetController(AvailabilityZones zones, JdbcClient jdbc) {
        this.zones = zones;
        this.jdbc = jdbc;
    }

    record Zone(String code, String state, List<String> protocol, String publicBorderGroup, int category) {}

    record ZoneSetListAnswer(List<List<Zone>> availabilityZones, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/availability-zones")
    @Operation(
            operationId = "ListAvailabilityZones",
            summary = "Lists the zones that load balancers may be in, as sets of zones that go together")
    ZoneSetListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        refuseUnknown(query);
        var groups = query.get("public_border_group");
        var loadBalancers = query.get("loadbalancer_id");
        boolean isEmpty = (groups != null && !groups.contains(GROUP))
                || (loadBalancers != null && !isOfProject(projectId, loadBalancers));
        var set = zones.codes().stream()
                .map(code -> new Zone(code, "ACTIVE", List.of("L4", "L7"), GROUP, 0))
                .toList();
        return new ZoneSetListAnswer(isEmpty || set.isEmpty() ? List.of() : List.of(set), RequestId.current());
    }

    private static void refuseUnknown(MultiValueMap<String, String> query) {
        var unknown = new TreeSet<>(query.keySet());
        unknown.removeAll(List.of("public_border_group", "loadbalancer_id"));
        if (!unknown.isEmpty()) {
            throw ErrorCode.UNRECOGNIZED_ATTRIBUTES.with(String.join(", ", unknown));
        }
    }

    private boolean isOfProject(String projectId, List<String> ids) {
        return jdbc.sql("""
                        select exists (select 1 from load_balancer
                                       where project_id = :project and cast(id as text) = any(:ids))""")
                .param("project", projectId)
                .param("ids", ids.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }
}
