package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Contender;
import io.evenkeel.bench.dataplane.contender.Evenkeel;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as Markdown, as {@code docs/performance.md} shows them. Medians of the rounds, [least, most]. */
final class Report {

    private final StringBuilder text = new StringBuilder();

    /** Of one test. */
    void add(TestCase test, Map<Contender, List<Measurement>> rounds) {
        title(test.title());
        var ours = rounds.keySet().stream().filter(Evenkeel.class::isInstance).findFirst();
        if (ours.isEmpty()) {
            line("Evenkeel does not serve this here: skipped for it.\n");
        }
        table(
                "",
                test.isStream() ? "GB/s" : "answers/s",
                test.isStream() ? "CPU ms/GB" : "CPU µs/answer",
                "in the kernel",
                "of it loops",
                "p50 / p99 µs",
                "RSS MiB",
                "driver busy",
                "errors");
        rounds.forEach((contender, measured) -> add(test, contender, measured));
        ours.ifPresent(contender -> ratios(test, contender, rounds));
    }

    private void add(TestCase test, Contender contender, List<Measurement> rounds) {
        double perUnit = test.isStream() ? 1_000 : 1;
        double loops = median(rounds, Measurement::loopMicros) / perUnit;
        row(
                contender.name(),
                spread(rounds, Measurement::rate).text(test.isStream() ? "%.2f" : "%,.0f"),
                spread(rounds, round -> round.cpuMicros() / perUnit).text(test.isStream() ? "%.0f" : "%.2f"),
                (test.isStream() ? "%.0f" : "%.2f").formatted(median(rounds, Measurement::kernelMicros) / perUnit),
                loops == 0 ? "" : "%.2f".formatted(loops),
                test.isStream()
                        ? ""
                        : "%,.0f / %,.0f"
                                .formatted(
                                        median(rounds, Measurement::p50Micros), median(rounds, Measurement::p99Micros)),
                "%.0f".formatted(median(rounds, Measurement::residentMib)),
                "%.0f %%".formatted(100 * median(rounds, Measurement::busy)),
                rounds.stream().mapToLong(Measurement::errors).sum());
    }

    /** What ours is of each other's, round by round. */
    private void ratios(TestCase test, Contender evenkeel, Map<Contender, List<Measurement>> rounds) {
        if (rounds.size() == 1) {
            return;
        }
        line("");
        table("ours of that of", "CPU", "aim", "loops alone", "rate", "p99");
        var ours = rounds.getOrDefault(evenkeel, List.of());
        rounds.entrySet().stream()
                .filter(other -> !other.getKey().equals(evenkeel))
                .forEach(other -> {
                    var name = other.getKey().name();
                    var theirs = other.getValue();
                    var cpu = ratio(ours, theirs, Measurement::cpuMicros, Measurement::cpuMicros);
                    row(
                            name,
                            cpu.text("%.2f"),
                            test.aim(name).map(aim -> verdict(cpu, aim)).orElse(""),
                            ratio(ours, theirs, Measurement::loopMicros, Measurement::cpuMicros)
                                    .text("%.2f"),
                            ratio(ours, theirs, Measurement::rate, Measurement::rate)
                                    .text("%.2f"),
                            test.isStream()
                                    ? ""
                                    : ratio(ours, theirs, Measurement::p99Micros, Measurement::p99Micros)
                                            .text("%.2f"));
                });
    }

    private static String verdict(Spread cpu, double aim) {
        return "≤ %.2f: %s".formatted(aim, cpu.median() <= aim ? "met" : "missed");
    }

    private static Spread ratio(
            List<Measurement> ours,
            List<Measurement> theirs,
            ToDoubleFunction<Measurement> our,
            ToDoubleFunction<Measurement> their) {
        return Spread.ofRatios(
                ours.stream().map(our::applyAsDouble).toList(),
                theirs.stream().map(their::applyAsDouble).toList());
    }

    private static Spread spread(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return spread(rounds, figure).median();
    }

    /** Begins what one test has to say. */
    void title(String title) {
        line("\n### " + title + "\n");
    }

    /** Begins a table. */
    void table(String... columns) {
        row((Object[]) columns);
        row(Stream.of(columns).map(column -> "---").toArray());
    }

    void row(Object... cells) {
        line(Stream.of(cells).map(cell -> " " + cell + " ").collect(Collectors.joining("|", "|", "|")));
    }

    void line(String words) {
        text.append(words).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
