package io.evenkeel.console.group;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.page.ConsolePage;
import io.evenkeel.console.page.Frame;
import io.evenkeel.console.page.Frame.Crumb;
import io.evenkeel.console.resource.Cells;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Servers that join a group: chosen from those of the project, rehearsed, then added. */
@Controller
class ServersPage extends ConsolePage {

    private static final String PATH = GroupPage.PATH + "/add-servers";
    private static final String ADD = GroupPage.API + "/members/batch-add";

    private final ConsoleApi api;
    private final Candidates candidates;

    ServersPage(ConsoleApi api, Candidates candidates) {
        this.api = api;
        this.candidates = candidates;
    }

    /** What was chosen so far. */
    record Choice(List<String> servers, String port, String weight) {}

    @GetMapping(PATH)
    ModelAndView choose(
            @PathVariable("project_id") String projectId,
            @PathVariable("id") String id,
            @RequestParam(name = "filter", defaultValue = "") String filter) {
        return form(projectId, id, filter.strip(), new Choice(List.of(), "", "1"), Plan.NONE);
    }

    @PostMapping(PATH)
    ModelAndView add(
            @PathVariable("project_id") String projectId,
            @PathVariable("id") String id,
            @RequestParam(name = "action", defaultValue = "preview") String action,
            @RequestParam(name = "server", defaultValue = "") List<String> servers,
            @RequestParam(name = "port", defaultValue = "") String port,
            @RequestParam(name = "weight", defaultValue = "1") String weight) {
        var choice = new Choice(servers, port.strip(), weight.strip());
        var members = servers.stream()
                .filter(server -> server.contains("|"))
                .map(server -> server.split("\\|", 2))
                .map(parts -> member(parts[0], parts[1], choice.port(), choice.weight()))
                .toList();
        boolean isApplied = action.equals("apply");
        var target = Target.of(ADD, projectId, id);
        var answer = api.send("POST", isApplied ? target : target.rehearsed(), Map.of("members", members));
        if (isApplied && answer.isSuccess()) {
            return new ModelAndView("redirect:" + Frame.base(projectId) + "/groups/" + id);
        }
        var page = form(projectId, id, "", choice, Plan.of(answer));
        if (!answer.isSuccess()) {
            page.setStatus(HttpStatus.valueOf(answer.status()));
        }
        return page;
    }

    /** @param port empty for a group whose members take any */
    static Map<String, Object> member(String address, String subnetId, String port, String weight) {
        var member = new LinkedHashMap<String, Object>();
        member.put("address", address);
        member.put("subnet_cidr_id", subnetId);
        if (!port.isEmpty()) {
            member.put("protocol_port", number(port));
        }
        if (!weight.isEmpty()) {
            member.put("weight", number(weight));
        }
        return member;
    }

    /** What is no number goes to the API as it is, which says so. */
    private static Object number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private ModelAndView form(String projectId, String id, String filter, Choice choice, Plan plan) {
        var group = api.get(Target.of(GroupPage.API, projectId, id)).at("pool");
        var members =
                api.get(Target.of(GroupPage.API + "/members", projectId, id)).items("members");
        var known = members.isEmpty() ? "80" : members.getFirst().text("protocol_port");
        var way = new ArrayList<>(GroupPage.way(projectId));
        way.add(new Crumb(Cells.nameOf(group), Frame.base(projectId) + "/groups/" + group.raw("id")));
        return page("group-servers", projectId, GroupPage.SECTION, "Add servers", way)
                .addObject("group", group)
                .addObject("candidates", candidates.of(projectId, group, members, filter))
                .addObject("filter", filter)
                .addObject(
                        "choice",
                        choice.port().isEmpty() ? new Choice(choice.servers(), known, choice.weight()) : choice)
                .addObject("plan", plan)
                .addObject(
                        "isPlanned", !plan.equals(Plan.NONE) && plan.refusal().isEmpty());
    }
}
