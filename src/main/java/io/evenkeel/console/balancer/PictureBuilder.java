package io.evenkeel.console.balancer;

import io.evenkeel.console.api.Tree;
import io.evenkeel.console.balancer.Picture.GroupBox;
import io.evenkeel.console.balancer.Picture.ListenerBox;
import io.evenkeel.console.balancer.Picture.MemberDot;
import io.evenkeel.console.balancer.Picture.WayBox;
import io.evenkeel.console.balancer.Picture.ZoneBox;
import io.evenkeel.console.resource.Cells;
import io.evenkeel.console.resource.Facts;
import io.evenkeel.console.resource.State;
import io.evenkeel.console.traffic.Rates;
import io.evenkeel.console.traffic.Rates.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Joins what four operations say of a load balancer into one picture. */
final class PictureBuilder {

    /** Of more than so many in a zone, only those that are not well are drawn one by one, and some of the others. */
    private static final int DRAWN = 12;

    private final Tree tree;
    private final Map<String, Tree> policies;
    private final List<Tree> edges;
    private final Map<String, Tree> listenerNodes;
    private final Map<String, GroupBox> groups = new HashMap<>();
    private final Counted rates;

    /**
     * @param tree the status tree's root
     * @param graph the topology
     * @param members of all groups
     */
    PictureBuilder(Tree tree, Tree graph, List<Tree> members, Counted rates) {
        this.tree = tree;
        this.edges = graph.items("edges");
        this.policies = byId(graph.items("labels.l7policies"));
        this.listenerNodes = byId(graph.items("nodes.listeners"));
        this.rates = rates;
        var poolNodes = byId(graph.items("nodes.pools"));
        var byPool = members.stream().collect(Collectors.groupingBy(member -> member.raw("pool_id")));
        for (var pool : tree.items("pools")) {
            var id = pool.raw("id");
            groups.put(id, group(pool, poolNodes.getOrDefault(id, pool), byPool.getOrDefault(id, List.of())));
        }
    }

    private static Map<String, Tree> byId(List<Tree> nodes) {
        return nodes.stream()
                .collect(Collectors.toMap(node -> node.raw("id"), Function.identity(), (one, same) -> one));
    }

    Picture build() {
        var listeners = tree.items("listeners").stream().map(this::listener).toList();
        var reached = new HashSet<String>();
        edges.stream()
                .filter(edge -> edge.raw("source_type").equals("listener"))
                .forEach(edge -> reached.add(edge.raw("target")));
        var direct = tree.items("pools").stream()
                .map(pool -> pool.raw("id"))
                .filter(id -> !reached.contains(id))
                .map(groups::get)
                .toList();
        return new Picture(listeners, direct);
    }

    private ListenerBox listener(Tree listener) {
        var id = listener.raw("id");
        var node = listenerNodes.getOrDefault(id, listener);
        var port = node.text("protocol_port");
        return new ListenerBox(
                id,
                Cells.nameOf(listener),
                node.text("protocol") + " " + (port.equals("0") ? ranges(node) : port),
                seen(listener),
                Rates.told(rates.of(id)),
                ways(listener));
    }

    private static String ranges(Tree listener) {
        return listener.items("port_ranges").stream()
                .map(range -> range.text("start_port") + "–" + range.text("end_port"))
                .collect(Collectors.joining(", "));
    }

    /** Policies first, as they are looked at first; the default last. */
    private List<WayBox> ways(Tree listener) {
        var id = listener.raw("id");
        var own = edges.stream()
                .filter(edge ->
                        edge.raw("source").equals(id) && edge.raw("target_type").equals("pool"))
                .toList();
        var ways = new ArrayList<WayBox>();
        for (var policy : listener.items("l7policies")) {
            var policyId = policy.raw("id");
            var targets = own.stream()
                    .filter(edge -> edge.raw("label_id").equals(policyId))
                    .map(edge -> edge.raw("target"))
                    .toList();
            if (targets.isEmpty()) {
                ways.add(way(id, policy, null));
            }
            targets.forEach(target -> ways.add(way(id, policy, target)));
        }
        own.stream()
                .filter(edge -> edge.raw("label_id").isEmpty())
                .forEach(edge -> ways.add(new WayBox(
                        "Everything else",
                        null,
                        List.of(),
                        groups.get(edge.raw("target")),
                        Rates.told(rates.ofWay(id, edge.raw("target"))))));
        return ways;
    }

    private WayBox way(String listenerId, Tree policy, @Nullable String poolId) {
        var label = policies.getOrDefault(policy.raw("id"), policy);
        var conditions = Stream.concat(
                        label.items("rules").stream().map(PictureBuilder::condition),
                        Stream.of(action(policy.text("action"))).filter(action -> poolId == null))
                .toList();
        return new WayBox(
                Cells.nameOf(policy),
                policy.raw("id"),
                conditions,
                poolId == null ? null : groups.get(poolId),
                poolId == null ? "" : Rates.told(rates.ofWay(listenerId, poolId)));
    }

    private static String action(String action) {
        return switch (action) {
            case "FIXED_RESPONSE" -> "answered here";
            case "REDIRECT_TO_URL" -> "redirected to another URL";
            case "REDIRECT_TO_LISTENER" -> "redirected to another listener";
            default -> Facts.words(action);
        };
    }

    private static String condition(Tree rule) {
        return Facts.words(rule.text("type")) + " " + Facts.words(rule.text("compare_type")) + " " + rule.text("value");
    }

    private GroupBox group(Tree pool, Tree node, List<Tree> members) {
        var byZone = members.stream().collect(Collectors.groupingBy(member -> member.text("availability_zone")));
        var zones = pool.items("evenkeel.availability_zones").stream()
                .map(zone -> zone(zone, byZone.getOrDefault(zone.text("code"), List.of())))
                .toList();
        var id = pool.raw("id");
        return new GroupBox(
                id,
                Cells.nameOf(pool),
                node.text("protocol") + ", " + Facts.words(node.text("lb_algorithm")),
                seen(pool),
                Rates.told(rates.of(id)),
                zones);
    }

    private ZoneBox zone(Tree zone, List<Tree> members) {
        var dots = members.stream()
                .map(this::dot)
                .sorted(Comparator.comparingInt(
                                (MemberDot dot) -> rank(dot.state().tone()))
                        .thenComparing(MemberDot::text))
                .toList();
        long unwell = dots.stream().filter(dot -> rank(dot.state().tone()) < 2).count();
        int shown = dots.size() <= DRAWN ? dots.size() : Math.clamp(unwell, DRAWN / 2, DRAWN);
        var code = zone.text("code");
        return new ZoneBox(
                code,
                (int) zone.number("members"),
                (int) zone.number("working_members"),
                isOurs(code),
                dots.subList(0, shown));
    }

    private boolean isOurs(String code) {
        return tree.items("evenkeel.availability_zones").stream()
                .anyMatch(zone -> zone.text("code").equals(code));
    }

    private static int rank(String tone) {
        return switch (tone) {
            case "bad" -> 0;
            case "poor" -> 1;
            default -> 2;
        };
    }

    private MemberDot dot(Tree member) {
        return new MemberDot(
                member.raw("id"),
                member.text("address") + ":" + member.text("protocol_port"),
                seen(member),
                (int) member.number("weight"),
                Rates.told(rates.of(member.raw("id"))));
    }

    private static State seen(Tree node) {
        return State.of(node.at("evenkeel"));
    }
}
