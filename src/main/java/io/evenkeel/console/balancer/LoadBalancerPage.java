package io.evenkeel.console.balancer;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.page.ConsolePage;
import io.evenkeel.console.page.Frame;
import io.evenkeel.console.page.Frame.Crumb;
import io.evenkeel.console.resource.Cells;
import io.evenkeel.console.resource.Facts;
import io.evenkeel.console.resource.Names;
import io.evenkeel.console.resource.State;
import io.evenkeel.console.traffic.Rates;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

@Controller
class LoadBalancerPage extends ConsolePage {

    private static final String SECTION = "load-balancers";
    private static final String API = "/v3/{}/elb/loadbalancers/{}";

    private final ConsoleApi api;
    private final Rates rates;
    private final Names names;
    private final Clock clock;

    LoadBalancerPage(ConsoleApi api, Rates rates, Names names, Clock clock) {
        this.api = api;
        this.rates = rates;
        this.names = names;
        this.clock = clock;
    }

    @GetMapping("/console/projects/{project_id}/load-balancers/{id}")
    ModelAndView show(@PathVariable("project_id") String projectId, @PathVariable("id") String id) {
        var balancer = api.get(Target.of(API, projectId, id)).at("loadbalancer");
        var tree = api.get(Target.of(API + "/statuses", projectId, id)).at("statuses.loadbalancer");
        var graph = api.get(Target.of(API + "/topology", projectId, id)).at("topology");
        var members = api.get(Target.of("/v3/{}/elb/members", projectId).with("loadbalancer_id", id))
                .items("members");
        var pools = tree.items("pools").stream().map(pool -> pool.raw("id")).toList();
        var picture = new PictureBuilder(tree, graph, members, rates.of(pools)).build();
        var cells = new Cells(Frame.base(projectId), names.of(projectId, Facts.references(balancer)), clock.instant());
        var way = List.of(new Crumb("Load balancers", Frame.base(projectId) + "/" + SECTION));
        return page("load-balancer", projectId, SECTION, Cells.nameOf(balancer), way)
                .addObject("balancer", balancer)
                .addObject("state", State.of(balancer.at("evenkeel")))
                .addObject("zones", tree.items("evenkeel.availability_zones"))
                .addObject("problems", Problem.of(tree))
                .addObject("picture", picture)
                .addObject("facts", Facts.of(balancer, cells));
    }
}
