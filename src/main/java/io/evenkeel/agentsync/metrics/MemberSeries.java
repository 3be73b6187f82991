package io.evenkeel.agentsync.metrics;

import io.evenkeel.dataplane.traffic.TrafficKey;
import io.evenkeel.dataplane.traffic.TrafficSample;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which members have series of their own: who has some keeps them for as long as it is counted. */
final class MemberSeries {

    private final int max;
    private final Set<TrafficKey> shown = new HashSet<>();

    MemberSeries(int max) {
        this.max = max;
    }

    List<TrafficSample> choose(List<TrafficSample> members) {
        shown.retainAll(members.stream().map(TrafficSample::key).collect(Collectors.toSet()));
        members.stream()
                .map(TrafficSample::key)
                .filter(key -> !shown.contains(key))
                .sorted(Comparator.comparing(TrafficKey::toString))
                .limit(max - shown.size())
                .forEach(shown::add);
        return members.stream().filter(member -> shown.contains(member.key())).toList();
    }
}
