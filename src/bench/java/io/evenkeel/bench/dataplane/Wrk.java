package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Programs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Load over TLS by wrk, with one thread. It resumes no session, so that a connection is a full handshake. */
final class Wrk {

    private static final Pattern COUNT = Pattern.compile("(\\d+) requests in ([\\d.]+)(s|m)");
    private static final Pattern ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern CPU = Pattern.compile("cpu=([\\d.]+) ([\\d.]+)");

    private Wrk() {}

    static boolean isInstalled() {
        return Programs.find("wrk").isPresent();
    }

    /** @param prefix what the command begins with */
    static LoadResult run(List<String> prefix, TestCase test, InetSocketAddress target, double seconds)
            throws IOException {
        var wrk = new ArrayList<>(prefix);
        wrk.addAll(
                List.of("wrk", "-t1", "-c" + test.flows(), "-d" + Math.max(1, Math.round(seconds)) + "s", "--latency"));
        if (test == TestCase.HANDSHAKE) {
            wrk.addAll(List.of("-H", "'Connection: close'"));
        }
        wrk.add("https://" + target.getAddress().getHostAddress() + ":" + target.getPort() + "/");
        // The shell tells what processor time the load itself took.
        return parse(Programs.run(List.of("bash", "-c", "TIMEFORMAT='cpu=%U %S'; time " + String.join(" ", wrk))));
    }

    private static LoadResult parse(String text) throws IOException {
        var count = COUNT.matcher(text);
        var cpu = CPU.matcher(text);
        if (!count.find() || !cpu.find()) {
            throw new IOException("wrk said: " + text);
        }
        double seconds = Double.parseDouble(count.group(2)) * (count.group(3).equals("m") ? 60 : 1);
        var errors = ERRORS.matcher(text);
        return new LoadResult(
                Long.parseLong(count.group(1)),
                seconds,
                0,
                errors.find() ? sum(errors) : 0,
                percentile(text, "50%"),
                percentile(text, "99%"),
                (Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2))) / seconds,
                0);
    }

    private static long sum(MatchResult errors) {
        return IntStream.rangeClosed(1, 4)
                .mapToLong(group -> Long.parseLong(errors.group(group)))
                .sum();
    }

    private static double percentile(String text, String name) {
        var line =
                Pattern.compile(Pattern.quote(name) + "\\s+([\\d.]+)(us|ms|s)").matcher(text);
        if (!line.find()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(line.group(1));
        return switch (line.group(2).toLowerCase(Locale.ROOT)) {
            case "us" -> value;
            case "ms" -> value * 1e3;
            default -> value * 1e6;
        };
    }
}
