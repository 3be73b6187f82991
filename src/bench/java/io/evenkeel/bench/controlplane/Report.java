package io.evenkeel.bench.controlplane;

import io.evenkeel.bench.controlplane.fill.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as a table, as {@code docs/performance.md} shows them. */
final class Report {

    private final List<String> lines = new ArrayList<>();

    Report() {
        lines.add(
                "| operation | members | SQL statements | clients | HTTP p50 / p99 ms | HTTP /s | service CPU ms | bare SQL p50 / p99 ms"
                        + " | bare SQL /s | p50 ratio |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    }

    String add(Size size, Operation operation, int statements, int clients, Figures http, Figures bare) {
        var line = String.format(
                Locale.ROOT,
                "| %s | %,d | %d | %d | %.1f / %.1f | %,.0f | %.2f | %.1f / %.1f | %,.0f | %.1f |",
                operation.name(),
                size.members(),
                statements,
                clients,
                http.p50Millis(),
                http.p99Millis(),
                http.perSecond(),
                http.cpuMillis(),
                bare.p50Millis(),
                bare.p99Millis(),
                bare.perSecond(),
                http.p50Millis() / bare.p50Millis());
        lines.add(line);
        return line;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
