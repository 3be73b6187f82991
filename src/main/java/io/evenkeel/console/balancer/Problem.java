package io.evenkeel.console.balancer;

import io.evenkeel.console.api.Tree;
import io.evenkeel.console.resource.Cells;
import io.evenkeel.console.resource.Reasons;
import io.evenkeel.console.resource.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something that is not well.
 *
 * @param kind of the resource, for its link; empty where there is none to go to
 * @param tone bad or poor
 */
record Problem(String what, String kind, String id, String tone, String why, String since) {

    /** Of a whole load balancer, by its status tree: the gravest first. */
    static List<Problem> of(Tree tree) {
        var all = new ArrayList<Problem>();
        for (var zone : tree.items("evenkeel.uncovered_availability_zones")) {
            all.add(new Problem(
                    "Zone " + zone.text("code") + " has no working backend",
                    "",
                    "",
                    "bad",
                    Reasons.explain(zone.text("reason")),
                    zone.text("since")));
        }
        tree.items("listeners").forEach(listener -> add(all, "Listener ", "listeners", listener));
        tree.items("pools").forEach(pool -> {
            add(all, "Group ", "groups", pool);
            members(all, pool);
        });
        all.sort((one, other) -> Boolean.compare(other.tone.equals("bad"), one.tone.equals("bad")));
        return all;
    }

    private static void add(List<Problem> all, String what, String kind, Tree node) {
        var state = State.of(node.at("evenkeel"));
        if (!state.tone().equals("good") && !state.tone().equals("plain")) {
            all.add(new Problem(
                    what + Cells.nameOf(node) + " is " + state.word().toLowerCase(Locale.ROOT),
                    kind,
                    node.raw("id"),
                    state.tone(),
                    state.why(),
                    state.since()));
        }
    }

    /** Members that are offline for the same reason are told together. */
    private static void members(List<Problem> all, Tree pool) {
        var byReason = pool.items("members").stream()
                .filter(member -> member.text("evenkeel.operating_status").equals("OFFLINE"))
                .collect(Collectors.groupingBy(
                        member -> member.text("evenkeel.reason"), LinkedHashMap::new, Collectors.toList()));
        byReason.forEach((reason, members) -> {
            var state = State.of("OFFLINE", reason, "");
            var first = members.getFirst();
            var address = first.text("address") + ":" + first.text("protocol_port");
            all.add(new Problem(
                    (members.size() == 1 ? "Member " + address : members.size() + " members") + " of group "
                            + Cells.nameOf(pool)
                            + (members.size() == 1 ? " takes" : " take") + " no traffic",
                    "groups",
                    pool.raw("id"),
                    state.tone(),
                    state.why(),
                    members.stream()
                            .map(member -> member.text("evenkeel.since"))
                            .filter(since -> !since.isEmpty())
                            .min(String::compareTo)
                            .orElse("")));
        });
    }
}
