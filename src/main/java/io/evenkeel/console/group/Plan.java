package io.evenkeel.console.group;

import io.evenkeel.console.api.ApiAnswer;
import io.evenkeel.console.api.Tree;
import java.util.List;

/**
 * What a rehearsed write would change.
 *
 * @param refusal why it would be refused; empty when it would not
 */
record Plan(List<Share> shares, List<String> listeners, List<String> warnings, String refusal) {

    static final Plan NONE = new Plan(List.of(), List.of(), List.of(), "");

    /** @param change added, changed, removed or share */
    record Share(String address, String change, String before, String after) {}

    static Plan of(ApiAnswer answer) {
        return new Plan(
                answer.body().items("plan.members").stream().map(Plan::share).toList(),
                answer.body().items("plan.listeners").stream()
                        .map(listener -> "Listener " + listener.text("id") + ": " + listener.text("change"))
                        .toList(),
                answer.warnings().stream()
                        .map(warning -> warning.text("message"))
                        .toList(),
                answer.refusal());
    }

    private static Share share(Tree member) {
        return new Share(
                member.text("address") + ":" + member.text("protocol_port"),
                member.text("change").equals("share") ? "gets another share" : "is " + member.text("change"),
                told(member, "expected_share.before"),
                told(member, "expected_share.after"));
    }

    private static String told(Tree member, String way) {
        return member.has(way) ? GroupView.percent(member.decimal(way)) : "–";
    }
}
