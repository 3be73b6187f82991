package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Contender;
import io.evenkeel.bench.dataplane.contender.Service;
import io.evenkeel.testing.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a saturated API does to the answers' times of a worker, at a fixed rate of requests; in interleaved rounds with
 * an API that has nothing to do.
 */
final class Isolation {

    private static final Logger log = LoggerFactory.getLogger(Isolation.class);
    private static final int FLOWS = 64;

    private final Arguments arguments;
    private final LoadDriver driver;
    private final Report report;

    private record Seen(LoadResult load, double calls) {}

    Isolation(Arguments arguments, LoadDriver driver, Report report) {
        this.arguments = arguments;
        this.driver = driver;
        this.report = report;
    }

    /** Before the first {@link #run}. */
    void head(boolean isFirst) {
        report.title("The worker's times beside a saturated API");
        report.line(
                "%,d requests a second over %d connections, timed from when each was due; 16 clients of the API.%s\n"
                        .formatted(
                                arguments.rate(),
                                FLOWS,
                                isFirst
                                        ? ""
                                        : " The driver could not be given precedence: its own waiting is in these figures."));
        report.table("worker", "API", "API calls/s", "p50 µs", "p99 µs", "p99 of that with an idle API");
    }

    /** @param member path of a member whose weight may be changed without effect on the load */
    void run(String placement, Contender worker, Api api, String member) throws IOException {
        Map<ApiLoad.Kind, List<Seen>> rounds = new EnumMap<>(ApiLoad.Kind.class);
        for (var kind : ApiLoad.Kind.values()) {
            once(kind, worker, api, member, arguments.warmUp());
        }
        for (int round = 1; round <= arguments.rounds(); round++) {
            for (var kind : ApiLoad.Kind.values()) {
                var seen = once(kind, worker, api, member, arguments.seconds());
                rounds.computeIfAbsent(kind, any -> new ArrayList<>()).add(seen);
                log.info(
                        "Worker {}, API {}, round {} of {}: p99 {} µs, errors {}",
                        placement,
                        kind.title(),
                        round,
                        arguments.rounds(),
                        seen.load().p99Micros(),
                        seen.load().errors());
            }
        }
        var idle = rounds.getOrDefault(ApiLoad.Kind.NONE, List.of());
        rounds.forEach((kind, seen) -> row(placement, kind, seen, idle));
    }

    private Seen once(ApiLoad.Kind kind, Contender worker, Api api, String member, double seconds) throws IOException {
        try (var calls = new ApiLoad(kind, api, member)) {
            var load = driver.atRate(worker.at(Service.WEB).orElseThrow(), FLOWS, seconds, arguments.rate());
            return new Seen(load, calls.rate());
        }
    }

    private void row(String placement, ApiLoad.Kind kind, List<Seen> rounds, List<Seen> idle) {
        report.row(
                placement,
                kind.title(),
                "%.0f"
                        .formatted(Spread.of(rounds.stream().map(Seen::calls).toList())
                                .median()),
                Spread.of(rounds.stream().map(seen -> seen.load().p50Micros()).toList())
                        .text("%.0f"),
                Spread.of(p99(rounds)).text("%.0f"),
                kind == ApiLoad.Kind.NONE
                        ? ""
                        : Spread.ofRatios(p99(rounds), p99(idle)).text("%.2f"));
    }

    private static List<Double> p99(List<Seen> rounds) {
        return rounds.stream().map(seen -> seen.load().p99Micros()).toList();
    }
}
