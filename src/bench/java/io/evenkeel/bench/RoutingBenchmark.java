package io.evenkeel.bench;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.routing.matching.Caller;
import io.evenkeel.dataplane.http.routing.matching.Matcher;
import io.evenkeel.dataplane.http.routing.matching.RequestView;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to find the policy of a request whose head is read. To hold at 1,000 policies for a host and a path: 1 µs, and no
 * allocation ({@code -prof gc}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoutingBenchmark {

    private static final int REQUESTS = 1024;

    @Param({"20", "1000"})
    int policies;

    /** Of 50 hosts with exact paths and prefixes, of one host, or regular expressions. */
    @Param({"hosts", "one host", "patterns"})
    String kind;

    private final RequestView view = new RequestView();
    private final Caller caller = new Caller(new InetSocketAddress("192.0.2.1", 4711), "192.0.2.1");
    private List<RequestHead> requests = List.of();
    private Matcher matcher = Matcher.of(List.of());
    private int next;

    @Setup
    public void build() throws RefusedException {
        var rules = new ArrayList<List<DesiredRule>>();
        for (int i = 0; i < policies; i++) {
            rules.add(policy(i));
        }
        matcher = Matcher.of(rules);
        var random = new SplittableRandom(7);
        requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            int wanted = random.nextInt(policies);
            requests.add(head(host(wanted), path(wanted) + (wanted % 2 == 0 ? "" : "/item/" + i)));
        }
    }

    private List<DesiredRule> policy(int i) {
        if (kind.equals("patterns")) {
            return List.of(rule(
                    Subject.PATH,
                    Comparison.CONTAINS_PATTERN,
                    "^" + path(i).replace("/", "/+") + "(/[a-z]+/[0-9]+)?$"));
        }
        return List.of(
                rule(Subject.HOST, Comparison.EQUALS, host(i)),
                rule(Subject.PATH, i % 2 == 0 ? Comparison.EQUALS : Comparison.STARTS_WITH, path(i)));
    }

    private static DesiredRule rule(Subject subject, Comparison comparison, String value) {
        return new DesiredRule(subject, comparison, "", List.of(value), false);
    }

    private String host(int i) {
        return kind.equals("hosts") ? "service-" + i % 50 + ".shop.example" : "www.shop.example";
    }

    private static String path(int i) {
        return "/api/v" + i % 3 + "/things/" + "abcdefghijklmnopqrstuvwxyz".substring(i % 20) + "/" + i;
    }

    private static RequestHead head(String host, String path) throws RefusedException {
        var wire = ("GET " + path + "?page=2 HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var bytes = Arena.ofAuto().allocate(wire.length);
        MemorySegment.copy(wire, 0, bytes, ValueLayout.JAVA_BYTE, 0, wire.length);
        var head = new RequestHead(new BlockPool(1 << 20));
        head.read(bytes, 0, wire.length);
        return head;
    }

    @Benchmark
    public int find() throws RefusedException {
        view.read(requests.get(next++ & (REQUESTS - 1)), caller);
        return matcher.first(view);
    }
}
