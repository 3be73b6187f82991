package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Contender;
import io.evenkeel.bench.dataplane.contender.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One test through every contender that can take it, in rounds: all of them, one after another, again and again. */
final class Comparison {

    private static final Logger log = LoggerFactory.getLogger(Comparison.class);

    private final TestCase test;
    private final Arguments arguments;
    private final LoadDriver driver;

    /** By contender, one for each round. */
    private final Map<Contender, List<Measurement>> rounds = new LinkedHashMap<>();

    Comparison(TestCase test, List<Contender> contenders, Arguments arguments, LoadDriver driver) {
        this.test = test;
        this.arguments = arguments;
        this.driver = driver;
        contenders.stream()
                .filter(contender -> contender.at(test.service()).isPresent())
                .forEach(contender -> rounds.put(contender, new ArrayList<>()));
    }

    Map<Contender, List<Measurement>> run() throws IOException {
        for (var contender : rounds.keySet()) {
            measure(contender, arguments.warmUp());
        }
        for (int round = 1; round <= arguments.rounds(); round++) {
            var line = new StringBuilder();
            for (var entry : rounds.entrySet()) {
                var measured = measure(entry.getKey(), arguments.seconds());
                entry.getValue().add(measured);
                line.append(said(entry.getKey(), measured));
            }
            log.info("{}, round {} of {}:{}", test.title(), round, arguments.rounds(), line);
        }
        return rounds;
    }

    private Measurement measure(Contender contender, double seconds) throws IOException {
        var before = Usage.of(contender.processes());
        var load = driver.run(test, contender.at(test.service()).orElseThrow(), seconds);
        return Measurement.of(test, load, before, Usage.of(contender.processes()));
    }

    private String said(Contender contender, Measurement measured) {
        return (test.isStream() ? "  %s %.2f GB/s, CPU %.0f µs/GB" : "  %s %,.0f/s, CPU %.2f µs")
                .formatted(contender.name(), measured.rate(), measured.cpuMicros());
    }
}
