package io.evenkeel.agentsync.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who serves what, over fleets drawn at random: nobody is left out, little moves, and loads are alike. */
class WorkerPlacementTests {

    private static final List<String> ZONES = List.of("az-1", "az-2", "az-3");

    private record Placed(UUID id, List<String> zones) {}

    static Stream<Long> seeds() {
        return new Random(20_261_123).longs(24).boxed();
    }

    private static LiveWorker worker(int number, Optional<String> zone, int replicas) {
        return new LiveWorker("worker-" + number, zone, replicas);
    }

    /** Some in each zone, some in none, all told the same. */
    private static List<LiveWorker> fleet(Random random) {
        int replicas = random.nextInt(4) == 0 ? LiveWorker.ALL : 1 + random.nextInt(3);
        return IntStream.range(0, 2 + random.nextInt(12))
                .mapToObj(n -> {
                    int place = random.nextInt(ZONES.size() * 4 + 1);
                    return worker(
                            n, place == 0 ? Optional.empty() : Optional.of(ZONES.get(place % ZONES.size())), replicas);
                })
                .toList();
    }

    private static List<Placed> loadBalancers(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> {
                    var zones =
                            ZONES.stream().filter(zone -> random.nextBoolean()).toList();
                    return new Placed(
                            new UUID(random.nextLong(), random.nextLong()), zones.isEmpty() ? List.of("az-1") : zones);
                })
                .toList();
    }

    private static Set<String> workersOf(Placed placed, List<LiveWorker> live) {
        return Placement.workersOf(placed.id(), placed.zones(), live);
    }

    private static List<LiveWorker> without(List<LiveWorker> live, LiveWorker gone) {
        return live.stream().filter(worker -> !worker.equals(gone)).toList();
    }

    private static Set<String> difference(Set<String> one, Set<String> other) {
        var rest = new HashSet<>(one);
        rest.removeAll(other);
        return rest;
    }

    /** Zones of the load balancer that have workers, and the workers without a zone, as groups. */
    private static List<List<LiveWorker>> groups(Placed placed, List<LiveWorker> live) {
        var groups = new ArrayList<List<LiveWorker>>();
        placed.zones().stream().map(Optional::of).forEach(zone -> groups.add(in(zone, live)));
        groups.add(in(Optional.empty(), live));
        groups.removeIf(List::isEmpty);
        return groups;
    }

    private static List<LiveWorker> in(Optional<String> zone, List<LiveWorker> live) {
        return live.stream().filter(worker -> worker.zone().equals(zone)).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyZoneOfALoadBalancerServesItByAsManyAsItShall(long seed) {
        var random = new Random(seed);
        var live = fleet(random);
        for (var placed : loadBalancers(random, 200)) {
            var serving = workersOf(placed, live);
            var groups = groups(placed, live);
            for (var group : groups) {
                assertThat(group.stream().filter(worker -> serving.contains(worker.id())))
                        .as("seed %d, %s", seed, placed)
                        .hasSize(Math.min(group.size(), group.getFirst().replicasPerZone()));
            }
            if (groups.isEmpty()) {
                assertThat(serving)
                        .as("nobody in its zones, seed %d", seed)
                        .hasSize(Math.min(live.size(), live.getFirst().replicasPerZone()));
            } else {
                assertThat(live.stream().filter(worker -> serving.contains(worker.id())))
                        .allMatch(worker ->
                                worker.zone().map(placed.zones()::contains).orElse(true));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachWorkerAnswersForItselfAsThePictureOfAllDoes(long seed) {
        var random = new Random(seed);
        var live = fleet(random);
        for (var placed : loadBalancers(random, 100)) {
            var serving = workersOf(placed, live);
            for (var worker : live) {
                assertThat(Placement.serves(worker, placed.id(), placed.zones(), live))
                        .isEqualTo(serving.contains(worker.id()));
            }
        }
    }

    /** What a lost worker did not serve stays; what it did goes on at the others of its zone, and one more of them. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aLostWorkerMovesItsOwnShareAlone(long seed) {
        var random = new Random(seed);
        var live = fleet(random);
        var gone = live.get(random.nextInt(live.size()));
        var left = without(live, gone);
        for (var placed : loadBalancers(random, 150)) {
            var before = workersOf(placed, live);
            var after = workersOf(placed, left);
            boolean isLastOfItsZones =
                    groups(placed, left).isEmpty() && !groups(placed, live).isEmpty();
            if (!before.contains(gone.id())) {
                assertThat(after).as("seed %d, %s", seed, placed).isEqualTo(before);
            } else if (!isLastOfItsZones) {
                assertThat(difference(before, after)).containsExactly(gone.id());
                assertThat(difference(after, before)).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aWorkerThatComesTakesItsShareAndMovesNothingBetweenOthers(long seed) {
        var random = new Random(seed);
        var live = fleet(random);
        var fresh = worker(99, live.getFirst().zone(), live.getFirst().replicasPerZone());
        var more = Stream.concat(live.stream(), Stream.of(fresh)).toList();
        for (var placed : loadBalancers(random, 150)) {
            var before = workersOf(placed, live);
            var after = workersOf(placed, more);
            if (!groups(placed, live).isEmpty()) {
                assertThat(difference(after, before))
                        .as("seed %d, %s", seed, placed)
                        .isSubsetOf(Set.of(fresh.id()));
                assertThat(difference(before, after)).hasSizeLessThanOrEqualTo(1);
            }
            assertThat(workersOf(placed, without(more, fresh))).as("and back").isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void workersOfAZoneServeAlike(long seed) {
        var random = new Random(seed);
        int workers = 2 + random.nextInt(6);
        int replicas = 1 + random.nextInt(workers);
        var live = IntStream.range(0, workers)
                .mapToObj(n -> worker(n, Optional.of("az-1"), replicas))
                .toList();
        var all = loadBalancers(random, 1_000).stream()
                .map(placed -> new Placed(placed.id(), List.of("az-1")))
                .toList();
        double expected = all.size() * (double) replicas / workers;
        // Six standard deviations of a draw: a fleet that fails by chance comes once in 500 million.
        double tolerance = 6 * Math.sqrt(expected * (1 - (double) replicas / workers));
        for (var worker : live) {
            long served = all.stream()
                    .filter(placed -> workersOf(placed, live).contains(worker.id()))
                    .count();
            assertThat((double) served)
                    .as("seed %d: %s of %d", seed, worker, workers)
                    .isBetween(expected - tolerance, expected + tolerance);
        }
    }

    @Test
    void aWorkerWithoutAZoneServesLoadBalancersOfAll() {
        var live = List.of(worker(1, Optional.empty(), LiveWorker.ALL), worker(2, Optional.of("az-1"), LiveWorker.ALL));

        assertThat(Placement.workersOf(UUID.randomUUID(), List.of("az-1"), live))
                .containsExactlyInAnyOrder("worker-1", "worker-2");
        assertThat(Placement.workersOf(UUID.randomUUID(), List.of("az-2"), live))
                .containsExactly("worker-1");
    }

    @Test
    void workersOfOtherZonesServeWhatHasNoneOfItsOwn() {
        var live =
                List.of(worker(1, Optional.of("az-1"), LiveWorker.ALL), worker(2, Optional.of("az-2"), LiveWorker.ALL));

        assertThat(Placement.workersOf(UUID.randomUUID(), List.of("az-9"), live))
                .containsExactlyInAnyOrder("worker-1", "worker-2");
        assertThat(Placement.workersOf(UUID.randomUUID(), List.of("az-9"), List.of()))
                .isEmpty();
    }
}
