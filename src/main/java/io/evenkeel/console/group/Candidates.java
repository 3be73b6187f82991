package io.evenkeel.console.group;

import io.evenkeel.console.api.ConsoleApi;
import io.evenkeel.console.api.Target;
import io.evenkeel.console.api.Tree;
import io.evenkeel.console.resource.Cells;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Servers that may join a group, and those that may not, with the reason. The rules are the API's: for each pair of VPC
 * and operating system, one server is rehearsed as a member; servers of the same pair fare alike.
 */
@Component
class Candidates {

    private static final int MOST = 500;

    private final ConsoleApi api;

    Candidates(ConsoleApi api) {
        this.api = api;
    }

    /**
     * @param value what the form sends when it is chosen: address and subnet
     * @param refusal why it cannot join; empty when it can
     */
    record Candidate(
            String id,
            String name,
            String address,
            String value,
            String zone,
            String system,
            String vpc,
            String state,
            String refusal) {

        public boolean isFree() {
            return refusal.isEmpty();
        }
    }

    /** Those that may join first. */
    List<Candidate> of(String projectId, Tree group, List<Tree> members, String name) {
        var target = Target.of("/inventory/v1/{}/servers", projectId).with("limit", Integer.toString(MOST));
        var servers =
                api.get(name.isEmpty() ? target : target.with("name", name)).items("servers");
        Set<String> taken =
                members.stream().map(member -> member.raw("address")).collect(Collectors.toSet());
        var refusals = new HashMap<String, Refusal>();
        var candidates = new ArrayList<Candidate>();
        for (var server : servers) {
            for (var address : server.items("addresses")) {
                candidates.add(candidate(projectId, group, server, address, taken, refusals));
            }
        }
        candidates.sort((one, other) -> Boolean.compare(other.isFree(), one.isFree()));
        return candidates;
    }

    /** @param serverId of the one that was rehearsed, which the sentence names */
    private record Refusal(String serverId, String sentence) {
        String about(String otherId) {
            return sentence.replace(serverId, otherId);
        }
    }

    private Candidate candidate(
            String projectId, Tree group, Tree server, Tree address, Set<String> taken, Map<String, Refusal> refusals) {
        var id = server.raw("id");
        var place = address.raw("address");
        var system = (server.text("os.type") + " " + server.text("os.distribution")).strip();
        var refusal = taken.contains(place)
                ? "It is a member of this group already."
                : refusals.computeIfAbsent(
                                server.raw("vpc_id") + "/" + system + "/" + place.contains(":"),
                                pair -> new Refusal(id, rehearse(projectId, group, address)))
                        .about(id);
        return new Candidate(
                id,
                Cells.nameOf(server),
                address.text("address"),
                place + "|" + address.raw("subnet_id"),
                server.text("availability_zone"),
                system,
                server.text("vpc_id"),
                server.text("status"),
                refusal);
    }

    private String rehearse(String projectId, Tree group, Tree address) {
        var target = Target.of(GroupPage.API + "/members/batch-add", projectId, group.raw("id"))
                .rehearsed();
        var member = ServersPage.member(
                address.raw("address"), address.raw("subnet_id"), group.flag("any_port_enable") ? "" : "65535", "1");
        return plain(
                api.send("POST", target, Map.of("members", List.of(member))).refusal());
    }

    /** Without the words that only callers of the API need. */
    static String plain(String refusal) {
        return refusal.replaceFirst("^Invalid parameter\\. ", "").replaceFirst("^members\\[\\d+]\\.\\w+: ", "");
    }
}
