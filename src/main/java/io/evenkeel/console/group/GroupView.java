package io.evenkeel.console.group;

import io.evenkeel.console.api.Tree;
import io.evenkeel.console.resource.Cells;
import io.evenkeel.console.resource.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A group's members as its page shows them, each with what it got and what it was to get. */
final class GroupView {

    private GroupView() {}

    /**
     * @param expected the part of the requests that it was to get, as of 1
     * @param received the part that it got
     * @param expectedBar 0..100, against the largest share of all
     * @param isPresent false of one that was a member in the window and is none any more
     */
    record Member(
            String id,
            String name,
            String address,
            String zone,
            String serverId,
            State state,
            int weight,
            long requests,
            double expected,
            double received,
            int expectedBar,
            int receivedBar,
            boolean isPresent) {

        public String expectedTold() {
            return percent(expected);
        }

        public String receivedTold() {
            return percent(received);
        }
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /** Members that are not well come first, those that left last. */
    static List<Member> members(List<Tree> members, Tree distribution) {
        Map<String, Tree> shares = new HashMap<>();
        distribution.items("members").forEach(share -> shares.put(share.raw("member_id"), share));
        double largest = shares.values().stream()
                .mapToDouble(share -> Math.max(share.decimal("expected_share"), share.decimal("request_share")))
                .max()
                .orElse(0);
        var all = new ArrayList<Member>();
        for (var member : members) {
            var share = shares.remove(member.raw("id"));
            all.add(member(member, share == null ? member : share, largest));
        }
        shares.values().stream()
                .filter(share -> share.number("requests") > 0)
                .forEach(share -> all.add(left(share, largest)));
        all.sort(Comparator.comparing((Member member) -> !member.isPresent())
                .thenComparingInt(member -> rank(member.state().tone()))
                .thenComparing(Member::address));
        return all;
    }

    private static int rank(String tone) {
        return switch (tone) {
            case "bad" -> 0;
            case "poor" -> 1;
            default -> 2;
        };
    }

    private static Member member(Tree member, Tree share, double largest) {
        return new Member(
                member.raw("id"),
                Cells.nameOf(member),
                member.text("address") + ":" + member.text("protocol_port"),
                member.text("availability_zone"),
                member.raw("instance_id"),
                State.of(member.at("evenkeel")),
                (int) member.number("weight"),
                share.number("requests"),
                share.decimal("expected_share"),
                share.decimal("request_share"),
                bar(share.decimal("expected_share"), largest),
                bar(share.decimal("request_share"), largest),
                true);
    }

    private static Member left(Tree share, double largest) {
        return new Member(
                share.raw("member_id"),
                "A member that left",
                "",
                "",
                "",
                new State("Left", "plain", "", ""),
                0,
                share.number("requests"),
                share.decimal("expected_share"),
                share.decimal("request_share"),
                bar(share.decimal("expected_share"), largest),
                bar(share.decimal("request_share"), largest),
                false);
    }

    private static int bar(double share, double largest) {
        return largest == 0 ? 0 : (int) Math.round(share / largest * 100);
    }
}
