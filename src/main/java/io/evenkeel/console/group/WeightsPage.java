package io.evenkeel.console.group;

import io.evenkeel.console.api.ApiAnswer;
import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.api.Tree;
import io.evenkeel.console.page.ConsolePage;
import io.evenkeel.console.page.Frame;
import io.evenkeel.console.page.Frame.Crumb;
import io.evenkeel.console.resource.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Weights of a group's members: a rehearsal that says what would change, and then the change. */
@Controller
class WeightsPage extends ConsolePage {

    private static final String FIELD = "weight-";
    private static final String UPDATE = GroupPage.API + "/members/batch-update";

    private final ConsoleApi api;

    WeightsPage(ConsoleApi api) {
        this.api = api;
    }

    /** @param after as it was typed: the API says what is wrong with it */
    record Change(String id, String member, String before, String after) {

        Map<String, Object> body() {
            return Map.of("id", id, "weight", weight());
        }

        private Object weight() {
            try {
                return Integer.parseInt(after);
            } catch (NumberFormatException e) {
                return after;
            }
        }
    }

    @PostMapping(GroupPage.PATH + "/weights")
    ModelAndView change(
            @PathVariable("project_id") String projectId,
            @PathVariable("id") String id,
            @RequestParam(name = "action", defaultValue = "preview") String action,
            @RequestParam Map<String, String> fields) {
        var group = api.get(Target.of(GroupPage.API, projectId, id)).at("pool");
        var changes = changes(projectId, id, fields);
        var target = Target.of(UPDATE, projectId, id);
        if (changes.isEmpty()) {
            return preview(projectId, group, changes, null);
        }
        var body = Map.of("members", changes.stream().map(Change::body).toList());
        var answer = api.send("POST", action.equals("apply") ? target : target.rehearsed(), body);
        if (action.equals("apply") && answer.isSuccess()) {
            return new ModelAndView("redirect:" + Frame.base(projectId) + "/groups/" + group.raw("id"));
        }
        return preview(projectId, group, changes, answer);
    }

    private List<Change> changes(String projectId, String groupId, Map<String, String> fields) {
        var changes = new ArrayList<Change>();
        for (var member : api.get(Target.of(GroupPage.API + "/members", projectId, groupId))
                .items("members")) {
            var wanted = fields.get(FIELD + member.raw("id"));
            var weight = member.text("weight");
            if (wanted != null && !wanted.strip().equals(weight)) {
                changes.add(new Change(member.raw("id"), place(member), weight, wanted.strip()));
            }
        }
        return changes;
    }

    private static String place(Tree member) {
        return Cells.nameOf(member) + " (" + member.text("address") + ":" + member.text("protocol_port") + ")";
    }

    /** @param answer null when nothing differs */
    private static ModelAndView preview(
            String projectId, Tree group, List<Change> changes, @Nullable ApiAnswer answer) {
        var way = new ArrayList<>(GroupPage.way(projectId));
        way.add(new Crumb(Cells.nameOf(group), Frame.base(projectId) + "/groups/" + group.raw("id")));
        var page = page("group-weights", projectId, GroupPage.SECTION, "Preview of new weights", way)
                .addObject("group", group)
                .addObject("changes", changes)
                .addObject("plan", answer == null ? Plan.NONE : Plan.of(answer))
                .addObject(
                        "fields",
                        changes.stream().collect(Collectors.toMap(change -> FIELD + change.id(), Change::after)));
        if (answer != null && !answer.isSuccess()) {
            page.setStatus(HttpStatus.valueOf(answer.status()));
        }
        return page;
    }
}
