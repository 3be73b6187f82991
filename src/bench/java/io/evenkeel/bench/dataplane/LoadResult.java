package io.evenkeel.bench.dataplane;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the load driver saw.
 *
 * @param busy share of its processor that the driver took: near 1 the driver is what bounds the rate
 * @param open flows that were open at the end
 */
record LoadResult(
        long answers,
        double seconds,
        long bytes,
        long errors,
        double p50Micros,
        double p99Micros,
        double busy,
        int open) {

    static LoadResult parse(String line) {
        Map<String, String> values = Stream.of(line.strip().split(" "))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new LoadResult(
                Long.parseLong(values.get("n")),
                Double.parseDouble(values.get("seconds")),
                Long.parseLong(values.get("bytes")),
                Long.parseLong(values.get("errors")),
                Double.parseDouble(values.get("p50")),
                Double.parseDouble(values.get("p99")),
                Double.parseDouble(values.get("busy")),
                Integer.parseInt(values.get("open")));
    }
}
