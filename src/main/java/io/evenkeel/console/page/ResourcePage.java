package io.evenkeel.console.page;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.page.Frame.Crumb;
import io.evenkeel.console.resource.Cells;
import io.evenkeel.console.resource.Facts;
import io.evenkeel.console.resource.Kind;
import io.evenkeel.console.resource.Names;
import io.evenkeel.console.resource.State;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Lists of any kind, and the page about one resource of a kind that has no page of its own. */
@Controller
class ResourcePage extends ConsolePage {

    private static final String PATH = "/console/projects/{project_id}/{kind}";
    private static final int ROWS = 50;

    private final ConsoleApi api;
    private final Names names;
    private final Clock clock;

    ResourcePage(ConsoleApi api, Names names, Clock clock) {
        this.api = api;
        this.names = names;
        this.clock = clock;
    }

    @GetMapping(PATH)
    ModelAndView list(
            @PathVariable("project_id") String projectId,
            @PathVariable("kind") String path,
            @RequestParam(name = "marker", defaultValue = "") String marker,
            @RequestParam(name = "filter", defaultValue = "") String filter) {
        var kind = Kind.find(path).orElseThrow(NoSuchPageException::new);
        var answer = api.get(listing(kind, projectId, marker, filter.strip()));
        var rows = answer.items(kind.listName());
        var cells = cells(projectId, Cells.references(kind, rows));
        return page("list", projectId, kind.path(), kind.title(), List.of())
                .addObject("kind", kind)
                .addObject(
                        "rows", rows.stream().map(row -> cells.row(kind, row)).toList())
                .addObject("filter", filter)
                .addObject("isFirst", marker.isEmpty())
                .addObject("next", answer.raw("page_info.next_marker"));
    }

    private static Target listing(Kind kind, String projectId, String marker, String filter) {
        var target = Target.of(kind.api(), projectId);
        if (kind.isPaged()) {
            target = target.with("limit", Integer.toString(ROWS));
        }
        if (!marker.isEmpty()) {
            target = target.with("marker", marker);
        }
        return filter.isEmpty() || kind.filter().isEmpty() ? target : target.with(kind.filter(), filter);
    }

    @GetMapping(PATH + "/{id}")
    ModelAndView show(
            @PathVariable("project_id") String projectId,
            @PathVariable("kind") String path,
            @PathVariable("id") String id) {
        var kind = Kind.find(path).filter(Kind::hasPage).orElseThrow(NoSuchPageException::new);
        var resource = api.get(Target.of(kind.api() + "/{}", projectId, id)).at(kind.name());
        var cells = cells(projectId, Facts.references(resource));
        return page("detail", projectId, kind.path(), Cells.nameOf(resource), List.of(way(projectId, kind)))
                .addObject("kind", kind)
                .addObject("resource", resource)
                .addObject("state", resource.has("evenkeel") ? State.of(resource.at("evenkeel")) : null)
                .addObject("facts", Facts.of(resource, cells));
    }

    static Crumb way(String projectId, Kind kind) {
        return new Crumb(kind.title(), Frame.base(projectId) + "/" + kind.path());
    }

    private Cells cells(String projectId, List<String> ids) {
        return new Cells(Frame.base(projectId), ids.isEmpty() ? Map.of() : names.of(projectId, ids), clock.instant());
    }
}
