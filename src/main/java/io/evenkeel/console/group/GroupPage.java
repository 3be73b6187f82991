package io.evenkeel.console.group;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.api.Tree;
import io.evenkeel.console.page.ConsolePage;
import io.evenkeel.console.page.Frame;
import io.evenkeel.console.page.Frame.Crumb;
import io.evenkeel.console.resource.Cells;
import io.evenkeel.console.resource.Facts;
import io.evenkeel.console.resource.Names;
import io.evenkeel.console.resource.State;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
class GroupPage extends ConsolePage {

    static final String PATH = "/console/projects/{project_id}/groups/{id}";
    static final String SECTION = "groups";
    static final String API = "/v3/{}/elb/pools/{}";

    private static final Set<String> WINDOWS = Set.of("1m", "10m", "1h", "24h");

    private final ConsoleApi api;
    private final Names names;
    private final Clock clock;

    GroupPage(ConsoleApi api, Names names, Clock clock) {
        this.api = api;
        this.names = names;
        this.clock = clock;
    }

    /**
     * @param edit weights, where they are to be edited
     * @param check the job of a check that somebody asked for
     */
    @GetMapping(PATH)
    ModelAndView show(
            @PathVariable("project_id") String projectId,
            @PathVariable("id") String id,
            @RequestParam(name = "window", defaultValue = "10m") String window,
            @RequestParam(name = "edit", defaultValue = "") String edit,
            @RequestParam(name = "check", defaultValue = "") String check) {
        var group = api.get(Target.of(API, projectId, id)).at("pool");
        var members = api.get(Target.of(API + "/members", projectId, id)).items("members");
        var asked = WINDOWS.contains(window) ? window : "10m";
        var distribution = api.get(
                        Target.of(API + "/distribution", projectId, id).with("window", asked))
                .at("distribution");
        var cells = new Cells(Frame.base(projectId), names.of(projectId, Facts.references(group)), clock.instant());
        return page("group", projectId, SECTION, Cells.nameOf(group), way(projectId))
                .addObject("group", group)
                .addObject("state", State.of(group.at("evenkeel")))
                .addObject("members", GroupView.members(members, distribution))
                .addObject("distribution", distribution)
                .addObject("verdict", Verdict.of(distribution))
                .addObject("windows", List.of("1m", "10m", "1h", "24h"))
                .addObject("window", asked)
                .addObject("isEditing", edit.equals("weights"))
                .addObject("monitor", monitor(projectId, group))
                .addObject("check", check(projectId, check))
                .addObject("listenerId", group.raw("listeners.0.id"))
                .addObject("facts", Facts.of(group.without("members"), cells));
    }

    static List<Crumb> way(String projectId) {
        return List.of(new Crumb("Backend server groups", Frame.base(projectId) + "/" + SECTION));
    }

    private Tree monitor(String projectId, Tree group) {
        var id = group.raw("healthmonitor_id");
        return id.isEmpty()
                ? group.at("healthmonitor_id")
                : api.get(Target.of("/v3/{}/elb/healthmonitors/{}", projectId, id))
                        .at("healthmonitor");
    }

    private CheckView check(String projectId, String job) {
        return job.isEmpty()
                ? CheckView.NONE
                : CheckView.of(api.get(Target.of("/v3/{}/elb/members/check/jobs/{}", projectId, job))
                        .at("member_check"));
    }
}
