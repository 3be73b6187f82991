package io.evenkeel.bench;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.sticky.CookieSession;
import io.evenkeel.dataplane.pool.CookieStickiness;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.PoolRuntime;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.dataplane.stickiness.ClientTable;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.desiredstate.PoolProtocol;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What stickiness costs a pick, at 1,000 members: reading a head with four cookies, the same and finding the member in
 * them, and finding the place of one of 100,000 addresses. No allocation ({@code -prof gc}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StickinessBenchmark {

    private static final int MEMBERS = 1_000;
    private static final int CLIENTS = 100_000;
    private static final int NOW = 1_000;
    private static final int TIMEOUT = 600;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final RequestHead head = new RequestHead(new BlockPool(1 << 20));
    private final CookieSession session = new CookieSession(0, false);
    private final CookieStickiness stickiness = stickiness();
    private final ClientTable table = new ClientTable();
    private MemorySegment request = MemorySegment.NULL;
    private long client;

    private static CookieStickiness stickiness() {
        var pool = new PoolRuntime(new UUID(1, 0), List.of());
        var members = IntStream.range(0, MEMBERS)
                .mapToObj(n -> new DesiredMember(new UUID(2, n), "127.1.1.1", 1 + n, 1, "az", true))
                .toList();
        pool.update(
                new DesiredPool(
                        new UUID(1, 0),
                        1,
                        "project",
                        true,
                        true,
                        PoolProtocol.HTTP,
                        Algorithm.ROUND_ROBIN,
                        false,
                        Optional.empty(),
                        members,
                        DesiredPool.Presence.PLAIN,
                        Optional.of(new DesiredStickiness(
                                DesiredStickiness.Type.HTTP_COOKIE, "", Duration.ofDays(1), "11".repeat(32)))),
                id -> Health.WELL);
        return Objects.requireNonNull(pool.cookies());
    }

    @Setup
    public void build() {
        var cookie = stickiness.cookie();
        var value = new byte[32];
        cookie.write(cookie.markOf(new UUID(2, 500)), stickiness.now(), 7, value);
        var text = "GET /index.html HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: bench\r\nAccept: */*\r\n"
                + "Cookie: theme=dark; lang=de; session=0123456789abcdef0123456789abcdef; "
                + new String(cookie.name(), StandardCharsets.US_ASCII) + "="
                + new String(value, StandardCharsets.US_ASCII) + "\r\n\r\n";
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        request = Arena.ofAuto().allocate(bytes.length);
        MemorySegment.copy(bytes, 0, request, ValueLayout.JAVA_BYTE, 0, bytes.length);
        for (int i = 0; i < CLIENTS; i++) {
            table.lead(i * STEP, ClientTable.NONE, 1 + i % MEMBERS, NOW, TIMEOUT);
        }
    }

    @Benchmark
    public boolean head() throws RefusedException {
        head.read(request, 0, (int) request.byteSize());
        boolean isComplete = head.isComplete();
        head.clear();
        return isComplete;
    }

    @Benchmark
    public @Nullable Member headAndCookie() throws RefusedException {
        head.read(request, 0, (int) request.byteSize());
        var member = session.begin(stickiness, head);
        head.clear();
        return member;
    }

    @Benchmark
    public int sourceIp() {
        client = client + 1 == CLIENTS ? 0 : client + 1;
        return table.find(client * STEP, NOW, TIMEOUT);
    }
}
