package io.evenkeel.topology.feature;

import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb")
@Tag(name = "Catalogue")
class FeatureController {

    private static final String SWITCH = "bool";

    private final LoadBalancers loadBalancers;

    FeatureController(LoadBalancers loadBalancers) {
        this.loadBalancers = loadBalancers;
    }

    /** @param value of the type that {@code type} names: {@code true} or {@code false} for bool */
    record Feature(String feature, String type, String value) {}

    record FeatureListAnswer(List<Feature> features, String requestId) {}

    /** Nothing is switched on or off per project here. */
    record FeatureConfig(String feature) {}

    record FeatureConfigListAnswer(List<FeatureConfig> configs, PageInfo pageInfo, String requestId) {}

    record PreoccupyIp(int total) {}

    record PreoccupyIpAnswer(PreoccupyIp preoccupyIp, String requestId) {}

    @GetMapping("/loadbalancers/{loadbalancer_id}/features")
    @Operation(operationId = "ListLoadbalancerFeature", summary = "Lists what a load balancer is able to do")
    FeatureListAnswer features(
            @PathVariable("project_id") String projectId, @PathVariable("loadbalancer_id") UUID loadBalancerId) {
        var loadBalancer = loadBalancers.require(projectId, loadBalancerId);
        return new FeatureListAnswer(
                List.of(
                        feature("dualstack", loadBalancer.isDualStack()),
                        feature("ip_target", loadBalancer.ipTargetEnable()),
                        feature("l4", loadBalancer.hasL4()),
                        feature("l7", loadBalancer.hasL7())),
                RequestId.current());
    }

    private static Feature feature(String name, boolean isOn) {
        return new Feature(name, SWITCH, Boolean.toString(isOn));
    }

    @GetMapping("/feature/configs")
    @Operation(operationId = "ListFeatureConfigs", summary = "Lists what is switched on for a project: nothing")
    FeatureConfigListAnswer configs(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        QueryNames.refuseUnknown(query.keySet(), Set.of("feature", "limit", "marker", "page_reverse"));
        return new FeatureConfigListAnswer(List.of(), new PageInfo(0, null, null), RequestId.current());
    }

    @GetMapping("/preoccupy-ip-num")
    @Operation(
            operationId = "CountPreoccupyIpNum",
            summary = "Counts the addresses that a load balancer takes of its back-end subnets: none")
    PreoccupyIpAnswer preoccupied(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        QueryNames.refuseUnknown(
                query.keySet(),
                Set.of(
                        "l7_flavor_id",
                        "ip_target_enable",
                        "ip_version",
                        "loadbalancer_id",
                        "availability_zone_id",
                        "scene",
                        "nat64_enable"));
        return new PreoccupyIpAnswer(new PreoccupyIp(0), RequestId.current());
    }

    /** Nothing is billed here, so there is no mode to change; without this the path would be taken for an id. */
    @Hidden
    @PostMapping("/loadbalancers/change-charge-mode")
    void changeChargeMode(@PathVariable("project_id") String projectId) {
        throw ErrorCode.NO_SUCH_API.with();
    }
}
