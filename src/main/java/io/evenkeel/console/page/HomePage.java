package io.evenkeel.console.page;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.identity.Callers;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** The way in, and from project to project. */
@Controller
class HomePage extends ConsolePage {

    private final ConsoleApi api;

    HomePage(ConsoleApi api) {
        this.api = api;
    }

    /** For everybody: the cookie that says who looks comes to what lies below. */
    @GetMapping("/")
    String root() {
        return "redirect:/console";
    }

    @GetMapping({"/console", "/console/"})
    String home() {
        return "redirect:" + Frame.base(Callers.current().projectId());
    }

    @GetMapping("/console/projects/{project_id}")
    String project(@PathVariable("project_id") String projectId) {
        return "redirect:" + Frame.base(projectId) + "/load-balancers";
    }

    /** An administrator acts in any project; others have one. */
    @GetMapping("/console/projects")
    ModelAndView projects() {
        var projects = api.get(Target.of("/identity/v1/projects")).items("projects");
        return page("projects", Callers.current().projectId(), "", "Projects", List.of())
                .addObject("projects", projects);
    }

    /** Whatever no other page claims; not below {@code /console/assets}. */
    @GetMapping({"/console/{page}", "/console/projects/**"})
    ModelAndView nothing() {
        throw new NoSuchPageException();
    }
}
