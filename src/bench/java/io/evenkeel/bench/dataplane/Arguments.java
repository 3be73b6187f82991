package io.evenkeel.bench.dataplane;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is measured, and how long; given as {@code name=value} each.
 *
 * @param tests modes of {@link TestCase}, {@code idle} and {@code isolation}; default: all
 * @param rounds interleaved rounds of each test (5)
 * @param seconds of each run (3)
 * @param warmUp seconds of load before the first round, for each test and contender (10)
 * @param idle connections that are held in the test of that name (15000)
 * @param rate requests a second in the test of isolation (10000)
 */
record Arguments(List<String> tests, int rounds, double seconds, double warmUp, int idle, int rate) {

    static final String IDLE = "idle";
    static final String ISOLATION = "isolation";

    private static final Set<String> NAMES = Set.of("tests", "rounds", "seconds", "warmup", "idle", "rate");

    static Arguments parse(String... arguments) {
        Map<String, String> given = new TreeMap<>();
        for (var argument : arguments) {
            var pair = argument.split("=", 2);
            if (pair.length != 2 || !NAMES.contains(pair[0])) {
                throw new IllegalArgumentException(argument + ": expected name=value with a name of " + NAMES);
            }
            given.put(pair[0], pair[1]);
        }
        return new Arguments(
                List.of(given.getOrDefault("tests", String.join(",", all())).split(",")),
                Integer.parseInt(given.getOrDefault("rounds", "5")),
                Double.parseDouble(given.getOrDefault("seconds", "3")),
                Double.parseDouble(given.getOrDefault("warmup", "10")),
                Integer.parseInt(given.getOrDefault("idle", "15000")),
                Integer.parseInt(given.getOrDefault("rate", "10000")));
    }

    Arguments {
        var unknown = tests.stream().filter(test -> !all().contains(test)).toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("No such tests: " + unknown + "; there are " + all());
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1, got " + rounds);
        }
    }

    private static List<String> all() {
        return Stream.concat(Stream.of(TestCase.values()).map(TestCase::mode), Stream.of(IDLE, ISOLATION))
                .toList();
    }

    List<TestCase> cases() {
        return tests.stream().flatMap(mode -> TestCase.find(mode).stream()).toList();
    }

    boolean contains(String test) {
        return tests.contains(test);
    }
}
