package io.evenkeel.distribution.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.distribution.sizing.SizingPlan.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizingPlanTests {

    private final List<Worker> workers = new ArrayList<>();

    private UUID worker(String zone, double capacity) {
        var id = UUID.randomUUID();
        workers.add(new Worker(id, zone, capacity));
        return id;
    }

    private SizingPlan plan(double load, String... zones) {
        return new SizingPlan(load, workers, List.of(zones));
    }

    @Test
    void keepsWhatCarriesTheLoadWhicheverZoneIsLost() {
        for (int i = 0; i < 4; i++) {
            worker("a", 100);
            worker("b", 100);
            worker("c", 100);
        }

        var plan = plan(400, "a", "b", "c");

        assertThat(plan.isEnough()).isTrue();
        assertThat(plan.fewest()).contains(Map.of("a", 2, "b", 2, "c", 2));
    }

    @Test
    void keepsOneInEachZoneHoweverSmallTheLoad() {
        worker("a", 100);
        worker("a", 100);
        worker("b", 100);

        assertThat(plan(0, "a", "b").fewest()).contains(Map.of("a", 1, "b", 1));
    }

    @Test
    void saysHowManyAreMissing() {
        worker("a", 100);
        worker("b", 100);

        var plan = plan(250, "a", "b");

        assertThat(plan.isEnough()).isFalse();
        assertThat(plan.fewest()).contains(Map.of("a", 3, "b", 3));
    }

    @Test
    void knowsThatOneZoneIsNotEnough() {
        worker("a", 100);
        worker("a", 100);

        assertThat(plan(10, "a").isEnough()).isFalse();
        assertThat(plan(10, "a").fewest()).isEmpty();
        assertThat(plan(10, "a", "b").unserved()).containsExactly("b");
        assertThat(plan(10, "a", "b").fewest()).contains(Map.of("a", 1, "b", 1));
    }

    @Test
    void tellsWhichRemovalBreaksWhat() {
        var strong = worker("a", 300);
        var weak = worker("a", 50);
        worker("b", 300);
        var plan = plan(300, "a", "b");

        assertThat(plan.without(weak).isEnough()).isTrue();
        assertThat(plan.without(strong).isEnough()).isFalse();
        assertThat(plan.without(strong).survives("a")).isTrue();
        assertThat(plan.without(strong).survives("b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noPlanHasFewerOfEqualMembers(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            workers.clear();
            var zones = List.of("a", "b", "c").subList(0, random.nextInt(2, 4));
            var sizes = new TreeMap<String, Integer>();
            for (var zone : zones) {
                sizes.put(zone, random.nextInt(1, 5));
                for (int i = 0; i < sizes.getOrDefault(zone, 0); i++) {
                    worker(zone, 1);
                }
            }
            double load = random.nextInt(0, 6) + 0.5;
            var plan = new SizingPlan(load, workers, zones);

            int fewest = fewestByTrial(new ArrayList<>(zones), sizes, load, new ArrayList<>());
            if (plan.isEnough()) {
                var found = plan.fewest().orElseThrow();
                assertThat(found.values().stream().mapToInt(Integer::intValue).sum())
                        .as("%s for %s", sizes, load)
                        .isEqualTo(fewest);
                found.forEach((zone, count) -> assertThat(count).isLessThanOrEqualTo(sizes.get(zone)));
            } else {
                assertThat(fewest).isEqualTo(Integer.MAX_VALUE);
            }
        }
    }

    private static int fewestByTrial(
            List<String> zones, Map<String, Integer> sizes, double load, List<Integer> chosen) {
        if (chosen.size() == zones.size()) {
            int all = chosen.stream().mapToInt(Integer::intValue).sum();
            int largest = chosen.stream().mapToInt(Integer::intValue).max().orElseThrow();
            return all - largest >= load ? all : Integer.MAX_VALUE;
        }
        int best = Integer.MAX_VALUE;
        for (int count = 1; count <= sizes.getOrDefault(zones.get(chosen.size()), 0); count++) {
            var next = new ArrayList<>(chosen);
            next.add(count);
            best = Math.min(best, fewestByTrial(zones, sizes, load, next));
        }
        return best;
    }
}
