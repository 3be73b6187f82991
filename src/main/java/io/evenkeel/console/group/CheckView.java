package io.evenkeel.console.group;

import io.evenkeel.console.api.Tree;
import io.evenkeel.console.resource.Reasons;
import java.util.ArrayList;

/**
 * What a check of a member found.
 *
 * @param headline empty when none was asked for
 */
record CheckView(String memberId, String headline, String tone, String details) {

    static final CheckView NONE = new CheckView("", "", "plain", "");

    static CheckView of(Tree job) {
        var member = job.raw("member_id");
        if (job.text("status").equals("processing")) {
            return new CheckView(member, "The check is under way…", "plain", "");
        }
        var seen = job.at("evenkeel");
        var reason = seen.text("reason_code");
        boolean isGood = job.flag("result.config.check_result");
        return new CheckView(
                member,
                isGood ? "The check is good." : "The check is bad. " + Reasons.explain(reason),
                isGood ? "good" : "bad",
                details(seen));
    }

    private static String details(Tree seen) {
        var parts = new ArrayList<String>();
        if (seen.has("expected_response") && !seen.text("expected_response").isEmpty()) {
            parts.add(
                    "Expected " + seen.text("expected_response") + ", got " + seen.text("healthcheck_response") + ".");
        }
        if (seen.has("duration_millis")) {
            parts.add("It took " + seen.text("duration_millis") + " ms.");
        }
        if (seen.has("worker_id")) {
            parts.add("Worker " + seen.text("worker_id") + " looked.");
        }
        return String.join(" ", parts);
    }
}
