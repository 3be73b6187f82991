package io.evenkeel.console.group;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.page.ConsolePage;
import io.evenkeel.console.page.Frame;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Checks a member once, now. */
@Controller
class CheckPage extends ConsolePage {

    private final ConsoleApi api;

    CheckPage(ConsoleApi api) {
        this.api = api;
    }

    @PostMapping(GroupPage.PATH + "/members/{member_id}/check")
    String check(
            @PathVariable("project_id") String projectId,
            @PathVariable("id") String groupId,
            @PathVariable("member_id") String memberId,
            @RequestParam(name = "listener", defaultValue = "") String listenerId) {
        var asked = Map.of("member_check", Map.of("listener_id", listenerId, "subject", "all"));
        var job = api.send("POST", Target.of("/v3/{}/elb/members/{}/health-check", projectId, memberId), asked)
                .orRefuse()
                .raw("member_check.job_id");
        return "redirect:" + Frame.base(projectId) + "/groups/" + groupId + "?check=" + job;
    }
}
