package io.evenkeel.dataplane.http.routing.matching;

/** What policies ask beyond the host and the path that they were found by. */
final class OtherRules {

    private final Condition[][] conditions;

    /** @param conditions by number of the policy */
    OtherRules(Condition[][] conditions) {
        this.conditions = conditions;
    }

    /** The first of the policies that matches, if it comes before the best one so far; else that one. */
    int first(int[] policies, RequestView request, int best) {
        for (int policy : policies) {
            if (policy >= best) {
                return best;
            }
            if (holds(conditions[policy], request)) {
                return policy;
            }
        }
        return best;
    }

    private static boolean holds(Condition[] all, RequestView request) {
        for (var one : all) {
            if (!one.holds(request)) {
                return false;
            }
        }
        return true;
    }
}
