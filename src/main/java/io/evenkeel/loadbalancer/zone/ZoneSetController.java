package io.evenkeel.loadbalancer.zone;

import io.evenkeel.inventory.AvailabilityZones;
import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.QueryNames;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
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
    private final ZoneSetNames names;
    private final JdbcClient jdbc;

    ZoneSetController(AvailabilityZones zones, ZoneSetNames names, JdbcClient jdbc) {
        this.zones = zones;
        this.names = names;
        this.jdbc = jdbc;
    }

    @Component
    static class ZoneSetNames extends QueryNames {
        ZoneSetNames() {
            super("ListAvailabilityZones");
            one("public_border_group", Filter.Type.TEXT);
            one("loadbalancer_id", Filter.Type.UUID);
        }
    }

    record Zone(String code, String state, List<String> protocol, String publicBorderGroup, int category) {}

    record ZoneSetListAnswer(List<List<Zone>> availabilityZones, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/availability-zones")
    @Operation(
            operationId = "ListAvailabilityZones",
            summary = "Lists the zones that load balancers may be in, as sets of zones that go together")
    ZoneSetListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var given = names.read(query);
        var groups = given.get("public_border_group");
        var loadBalancers = given.get("loadbalancer_id");
        boolean isEmpty = (groups != null && !groups.contains(GROUP))
                || (loadBalancers != null && !isOfProject(projectId, loadBalancers));
        var set = zones.codes().stream()
                .map(code -> new Zone(code, "ACTIVE", List.of("L4", "L7"), GROUP, 0))
                .toList();
        return new ZoneSetListAnswer(isEmpty || set.isEmpty() ? List.of() : List.of(set), RequestId.current());
    }

    private boolean isOfProject(String projectId, List<String> ids) {
        return jdbc.sql("""
                        select exists (select 1 from load_balancer
                                       where project_id = :project and id = any(cast(:ids as uuid[])))""")
                .param("project", projectId)
                .param("ids", ids.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }
}
