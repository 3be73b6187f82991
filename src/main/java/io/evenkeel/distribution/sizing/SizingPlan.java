package io.evenkeel.distribution.sizing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * How few members are enough, where enough means: each zone has one, and whichever zone is lost, the others carry the
 * load. Pure. Of members of one zone the strongest are kept. Members are added one by one where the loss of the worst zone
 * needs them, to the weakest zone first; with members of equal capacity no plan has fewer.
 */
final class SizingPlan {

    /** Capacities and loads are sums of fractions. */
    private static final double SLACK = 1 - 1e-9;

    private static final int MOST = 100_000;

    private final double load;
    private final List<Worker> workers;
    private final TreeSet<String> zones;

    /** A member that works. */
    record Worker(UUID memberId, String zone, double capacity) {}

    /** @param zones that must be served; those of the members besides take part as well */
    SizingPlan(double load, Collection<Worker> workers, Collection<String> zones) {
        this.load = load;
        this.workers = List.copyOf(workers);
        this.zones = new TreeSet<>(zones);
        workers.forEach(worker -> this.zones.add(worker.zone()));
    }

    List<String> zones() {
        return List.copyOf(zones);
    }

    /** How much the other zones can carry. */
    double capacityWithout(String zone) {
        return workers.stream()
                .filter(worker -> !worker.zone().equals(zone))
                .mapToDouble(Worker::capacity)
                .sum();
    }

    boolean survives(String zone) {
        return capacityWithout(zone) >= load * SLACK;
    }

    List<String> unserved() {
        var served = workers.stream().map(Worker::zone).collect(Collectors.toSet());
        return zones.stream().filter(zone -> !served.contains(zone)).toList();
    }

    boolean isEnough() {
        return unserved().isEmpty() && zones.stream().allMatch(this::survives);
    }

    SizingPlan without(UUID memberId) {
        return new SizingPlan(
                load,
                workers.stream()
                        .filter(worker -> !worker.memberId().equals(memberId))
                        .toList(),
                zones);
    }

    /**
     * How few members of each zone are enough; more than it has stand for members of middling capacity that are missing.
     * Empty when there is one zone only, which no number of members survives the loss of, or nobody to measure by.
     */
    Optional<Map<String, Integer>> fewest() {
        if (zones.size() < 2 || workers.isEmpty()) {
            return Optional.empty();
        }
        var picked = new TreeMap<String, Picked>();
        zones.forEach(zone -> picked.put(zone, new Picked(capacities(zone))));
        picked.values().forEach(Picked::addOne);
        for (int added = 0; added < MOST; added++) {
            var worst = picked.values().stream()
                    .max(Comparator.comparingDouble(Picked::sum))
                    .orElseThrow();
            double rest = picked.values().stream().mapToDouble(Picked::sum).sum() - worst.sum();
            if (rest >= load * SLACK) {
                var counts = new TreeMap<String, Integer>();
                picked.forEach((zone, inZone) -> counts.put(zone, inZone.count));
                return Optional.of(counts);
            }
            picked.values().stream()
                    .filter(zone -> zone != worst)
                    .max(Comparator.comparing(Picked::hasMore)
                            .thenComparingDouble(Picked::next)
                            .thenComparing(
                                    Comparator.comparingDouble(Picked::sum).reversed()))
                    .orElseThrow()
                    .addOne();
        }
        return Optional.empty();
    }

    private List<Double> capacities(String zone) {
        return workers.stream()
                .filter(worker -> worker.zone().equals(zone))
                .map(Worker::capacity)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** The members of a zone that are kept, and those that would have to come. */
    private final class Picked {
        private final List<Double> capacities;
        private final double middling;
        private final List<Double> taken = new ArrayList<>();
        private int count;

        Picked(List<Double> capacities) {
            this.capacities = capacities;
            this.middling =
                    workers.stream().mapToDouble(Worker::capacity).average().orElseThrow();
        }

        boolean hasMore() {
            return count < capacities.size();
        }

        double next() {
            return hasMore() ? capacities.get(count) : middling;
        }

        void addOne() {
            taken.add(next());
            count++;
        }

        double sum() {
            return taken.stream().mapToDouble(Double::doubleValue).sum();
        }
    }
}
