package io.evenkeel.console.live;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.page.ConsolePage;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@Controller
class ChangesController extends ConsolePage {

    private final ConsoleApi api;
    private final ChangeWatch watch;

    ChangesController(ConsoleApi api, ChangeWatch watch) {
        this.api = api;
        this.watch = watch;
    }

    /** Server-sent events named {@code changed}, for as long as the browser listens. */
    @GetMapping(path = "/console/projects/{project_id}/changes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter changes(@PathVariable("project_id") String projectId) {
        // Refuses whoever may not read this project.
        api.get(Target.of("/v3/{}/elb/loadbalancers", projectId).with("limit", "1"));
        return watch.open(projectId);
    }
}
