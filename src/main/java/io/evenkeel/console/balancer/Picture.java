package io.evenkeel.console.balancer;

import io.evenkeel.console.resource.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer's topology as it is drawn: from listeners by their policies to groups, with members by zone.
 *
 * @param direct groups that belong to the load balancer, to which no listener leads
 */
record Picture(List<ListenerBox> listeners, List<GroupBox> direct) {

    /** @param what such as HTTPS 443 */
    record ListenerBox(String id, String name, String what, State state, String rate, List<WayBox> ways) {}

    /**
     * @param label the policy's name, or that it is the default
     * @param conditions what requests must look like, in words
     * @param group null where requests are answered or sent elsewhere
     */
    record WayBox(
            String label,
            @Nullable String policyId,
            List<String> conditions,
            @Nullable GroupBox group,
            String rate) {}

    record GroupBox(String id, String name, String what, State state, String rate, List<ZoneBox> zones) {

        public int members() {
            return zones.stream().mapToInt(ZoneBox::members).sum();
        }
    }

    /**
     * @param isOurs whether the load balancer is in this zone
     * @param shown members that are not well first; not all where they are many
     */
    record ZoneBox(String code, int members, int working, boolean isOurs, List<MemberDot> shown) {

        public int hidden() {
            return members - shown.size();
        }
    }

    record MemberDot(String id, String text, State state, int weight, String rate) {}
}
