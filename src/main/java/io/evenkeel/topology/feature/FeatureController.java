package io.evenkeel.topology.feature;

import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.paging.QueryNames;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
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
    private final ListQueries lists;
    private final ConfigFilters configFilters;
    private final PreoccupyNames preoccupyNames;

    FeatureController(
            LoadBalancers loadBalancers,
            ListQueries lists,
            ConfigFilters configFilters,
            PreoccupyNames preoccupyNames) {
        this.loadBalancers = loadBalancers;
        this.lists = lists;
        this.configFilters = configFilters;
        this.preoccupyNames = preoccupyNames;
    }

    /** A list that has no rows. */
    @Component
    static class ConfigFilters extends ListOperation {
        ConfigFilters() {
            super("ListFeatureConfigs", "(select '' as id, '' as project_id where false) t", "t.id");
            where("feature", Filter.Type.TEXT, "t.id = any(:%s)", false);
        }
    }

    @Component
    static class PreoccupyNames extends QueryNames {
        PreoccupyNames() {
            super("CountPreoccupyIpNum");
            one("l7_flavor_id", Filter.Type.TEXT);
            one("ip_target_enable", Filter.Type.BOOLEAN);
            one("ip_version", Filter.Type.INTEGER);
            one("loadbalancer_id", Filter.Type.UUID);
            several("availability_zone_id", Filter.Type.TEXT);
            one("scene", Filter.Type.TEXT);
            one("nat64_enable", Filter.Type.BOOLEAN);
        }
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
        var page = lists.page(configFilters, projectId, query);
        return new FeatureConfigListAnswer(List.of(), page.info(), RequestId.current());
    }

    @GetMapping("/preoccupy-ip-num")
    @Operation(
            operationId = "CountPreoccupyIpNum",
            summary = "Counts the addresses that a load balancer takes of its back-end subnets: none")
    PreoccupyIpAnswer preoccupied(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        preoccupyNames.read(query);
        return new PreoccupyIpAnswer(new PreoccupyIp(0), RequestId.current());
    }

    /** Nothing is billed here, so there is no mode to change; without this the path would be taken for an id. */
    @Hidden
    @PostMapping("/loadbalancers/change-charge-mode")
    void changeChargeMode(@PathVariable("project_id") String projectId) {
        throw ErrorCode.NO_SUCH_API.with();
    }
}
