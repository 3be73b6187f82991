package io.evenkeel.console.search;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.api.Tree;
import io.evenkeel.console.api.Visible;
import io.evenkeel.console.page.ConsolePage;
import io.evenkeel.console.page.Frame;
import io.evenkeel.console.resource.Kind;
import io.evenkeel.console.resource.State;
import io.evenkeel.console.search.SearchReads.Named;
import io.evenkeel.console.search.SearchReads.Way;
import io.evenkeel.platform.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
class SearchPage extends ConsolePage {

    private static final int LONGEST = 255;

    private final ConsoleApi api;
    private final SearchReads reads;

    SearchPage(ConsoleApi api, SearchReads reads) {
        this.api = api;
        this.reads = reads;
    }

    /** A way with how its member is, as texts that show all of themselves. */
    record Found(
            Way way,
            State state,
            @Nullable String loadBalancer,
            @Nullable String listener,
            String group,
            String member) {}

    /** @param kind in words */
    record Hit(String kind, String text, String href, String note) {}

    @GetMapping("/console/projects/{project_id}/search")
    ModelAndView search(
            @PathVariable("project_id") String projectId, @RequestParam(name = "q", defaultValue = "") String q) {
        var text = q.strip();
        var page =
                page("search", projectId, "", text.isEmpty() ? "Search" : "Search: " + Visible.text(text), List.of());
        if (text.isEmpty() || text.length() > LONGEST || text.indexOf('\0') >= 0) {
            return page.addObject("asked", false);
        }
        // Refuses whoever may not read this project, before anything is read beside the API.
        var servers = servers(projectId, text);
        var ways = ways(projectId, text);
        var hits = reads.named(projectId, text).stream()
                .map(named -> hit(projectId, named))
                .toList();
        return page.addObject("asked", true)
                .addObject("servers", servers)
                .addObject("ways", found(projectId, ways))
                .addObject("hits", hits);
    }

    private List<Tree> servers(String projectId, String text) {
        var target = Target.of("/inventory/v1/{}/servers", projectId).with("limit", "20");
        var address = IpAddress.parse(text);
        return api.get(address.isPresent() ? target.with("address", text) : target.with("id", text))
                .items("servers");
    }

    private List<Way> ways(String projectId, String text) {
        Optional<IpAddress> address = IpAddress.parse(text);
        return address.isPresent() ? reads.toAddress(projectId, address.get()) : reads.toServer(projectId, text);
    }

    private List<Found> found(String projectId, List<Way> ways) {
        if (ways.isEmpty()) {
            return List.of();
        }
        var target = Target.of("/v3/{}/elb/members", projectId);
        for (var id : ways.stream().map(Way::memberId).distinct().toList()) {
            target = target.with("id", id);
        }
        Map<String, State> states = api.get(target).items("members").stream()
                .collect(Collectors.toMap(member -> member.raw("id"), member -> State.of(member.at("evenkeel"))));
        return ways.stream()
                .map(way -> found(way, states.getOrDefault(way.memberId(), State.of("", "", ""))))
                .toList();
    }

    private static Found found(Way way, State state) {
        return new Found(
                way,
                state,
                way.loadBalancerId() == null
                        ? null
                        : name(way.loadBalancerName(), way.loadBalancerId()) + " (" + way.vip() + ")",
                way.listenerId() == null ? null : listener(way),
                name(way.poolName(), way.poolId()),
                way.address() + ":" + way.memberPort());
    }

    private static String listener(Way way) {
        var port = way.protocol() + " " + way.port();
        var name = name(way.listenerName(), "");
        return name.isEmpty() ? port : name + " (" + port + ")";
    }

    private static String name(@Nullable String name, String otherwise) {
        return name == null || name.isEmpty() ? otherwise : Visible.text(name);
    }

    private static Hit hit(String projectId, Named named) {
        var kind = Kind.find(named.kind()).orElseThrow();
        return new Hit(
                kind.one(),
                name(named.name(), named.id()),
                Frame.base(projectId) + "/" + named.kind() + "/"
                        + Target.of("{}", named.id()).path(),
                named.note() == null ? "" : named.note());
    }
}
