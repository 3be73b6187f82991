package io.evenkeel.dataplane.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.desiredstate.DesiredAccess;
import io.evenkeel.desiredstate.DesiredIpGroup;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerGateTests {

    private static final InetAddress FRIEND = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress STRANGER = InetAddress.ofLiteral("198.51.100.1");
    private static final long SECOND = 1_000_000_000L;
    private static final int LOOPS = 4;

    private final ListenerGate gate = new ListenerGate(LOOPS);
    private final long start = System.nanoTime();

    private static DesiredAccess only(String range) {
        return new DesiredAccess(
                Optional.of(new DesiredIpGroup(UUID.nameUUIDFromBytes(new byte[1]), true, List.of(range))), 0, 0);
    }

    private static DesiredAccess limits(int connections, int perSecond) {
        return new DesiredAccess(Optional.empty(), connections, perSecond);
    }

    private boolean apply(DesiredAccess access) {
        return gate.prepare(access).apply();
    }

    private Optional<Count> enter(int loop) {
        return gate.enter(loop, FRIEND, start);
    }

    @Test
    void letsEverybodyInUntilToldOtherwise() {
        assertThat(gate.enter(0, STRANGER, start)).isEmpty();
        apply(only("192.0.2.1-192.0.2.1"));
        assertThat(gate.enter(0, STRANGER, start)).contains(Count.REFUSED_IP_GROUP);
        assertThat(gate.enter(0, FRIEND, start)).isEmpty();
    }

    @Test
    void tellsWhetherAnyoneMayHaveToLeave() {
        assertThat(apply(limits(5, 5))).isFalse();
        assertThat(apply(only("192.0.2.1-192.0.2.1"))).isTrue();
        var clients = gate.clients();
        assertThat(apply(only("192.0.2.1-192.0.2.1"))).isFalse();
        assertThat(gate.clients()).isSameAs(clients);
        assertThat(apply(only("192.0.2.1-192.0.2.9"))).isTrue();
        assertThat(apply(DesiredAccess.UNLIMITED)).as("now anybody may come").isFalse();
    }

    @Test
    void aGroupThatMakesNoSenseChangesNothing() {
        apply(only("192.0.2.1-192.0.2.1"));
        assertThatThrownBy(() -> gate.prepare(only("nobody"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(gate.enter(0, FRIEND, start)).isEmpty();
        assertThat(gate.enter(0, STRANGER, start)).contains(Count.REFUSED_IP_GROUP);
    }

    @Test
    void aPermitHoldsUntilTheGroupNoLongerHasTheClient() {
        var permit = new Permit(FRIEND);
        assertThat(permit.holds(gate)).isTrue();
        apply(only("192.0.2.0-192.0.2.255"));
        assertThat(permit.holds(gate)).isTrue();
        apply(only("192.0.2.2-192.0.2.255"));
        assertThat(permit.holds(gate)).isFalse();
        assertThat(permit.holds(gate)).isFalse();
        apply(only("192.0.2.0-192.0.2.255"));
        assertThat(permit.holds(gate)).isTrue();
    }

    @Test
    void connectionsAreLimitedOverAllLoopsAndCountedThroughEveryChange() {
        assertThat(enter(0)).isEmpty();
        assertThat(enter(1)).isEmpty();
        apply(limits(3, 0));
        assertThat(enter(2)).isEmpty();
        assertThat(enter(3)).contains(Count.REFUSED_CONNECTION);
        apply(limits(1, 0));
        gate.left(0);
        gate.left(1);
        assertThat(enter(0)).as("one is still open").contains(Count.REFUSED_CONNECTION);
        gate.left(2);
        assertThat(enter(0)).isEmpty();
        apply(limits(0, 0));
        assertThat(enter(0)).isEmpty();
        apply(limits(2, 0));
        assertThat(enter(1)).contains(Count.REFUSED_CONNECTION);
    }

    @Test
    void neverAreMoreOpenThanTheLimitHoweverManyLoopsAsk() throws Exception {
        int limit = 20;
        apply(limits(limit, 0));
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(LOOPS)) {
            var loops = IntStream.range(0, LOOPS)
                    .<Callable<Boolean>>mapToObj(loop -> () -> {
                        var random = new Random(loop);
                        int own = 0;
                        for (int i = 0; i < 200_000; i++) {
                            if (own > 0 && random.nextBoolean()) {
                                own--;
                                open.decrementAndGet();
                                gate.left(loop);
                            } else if (gate.enter(loop, FRIEND, start).isEmpty()) {
                                own++;
                                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                            }
                        }
                        for (; own > 0; own--) {
                            open.decrementAndGet();
                            gate.left(loop);
                        }
                        return true;
                    })
                    .toList();
            for (var done : threads.invokeAll(loops)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(most.get()).isBetween(limit / 2, limit);
        for (int i = 0; i < limit; i++) {
            assertThat(enter(i % LOOPS)).isEmpty();
        }
        assertThat(enter(0)).contains(Count.REFUSED_CONNECTION);
    }

    /** A crowd that comes at once, then one every so often, for ten seconds. */
    @ParameterizedTest
    @CsvSource({"1, 100", "3, 40", "100, 4000", "333, 5000", "7000, 60000"})
    void newConnectionsAreLimitedPerSecond(int limit, int askedPerSecond) {
        apply(limits(0, limit));
        int atOnce = 0;
        while (enter(atOnce % LOOPS).isEmpty()) {
            atOnce++;
        }
        assertThat(atOnce).isEqualTo(limit);
        int passed = 0;
        int seconds = 10;
        for (int i = 1; i <= seconds * askedPerSecond; i++) {
            long now = start + i * (SECOND / askedPerSecond);
            if (gate.enter(i % LOOPS, FRIEND, now).isEmpty()) {
                passed++;
            }
        }
        assertThat(passed).isBetween((int) (limit * seconds * 0.97) - 1, (int) (limit * seconds * 1.001) + 1);
    }

    @Test
    void whoIsRefusedTakesNoShareOfTheRateAndNoPlace() {
        var group = only("192.0.2.1-192.0.2.1").ipGroup();
        apply(new DesiredAccess(group, 2, 2));
        for (int i = 0; i < 10; i++) {
            assertThat(gate.enter(0, STRANGER, start)).contains(Count.REFUSED_IP_GROUP);
        }
        assertThat(enter(0)).isEmpty();
        assertThat(enter(0)).isEmpty();
        assertThat(enter(0)).contains(Count.REFUSED_CONNECTION);
        gate.left(0);
        assertThat(enter(0)).contains(Count.REFUSED_CPS);
        assertThat(gate.enter(0, FRIEND, start + SECOND))
                .as("none was kept a place")
                .isEmpty();
    }

    @Test
    void aChangeOfOtherRulesRefillsNothing() {
        apply(limits(0, 10));
        for (int i = 0; i < 10; i++) {
            assertThat(enter(0)).isEmpty();
        }
        apply(limits(100, 10));
        assertThat(enter(0)).contains(Count.REFUSED_CPS);
        assertThat(gate.enter(0, FRIEND, start + SECOND / 10)).isEmpty();
        assertThat(gate.enter(0, FRIEND, start + SECOND / 10)).contains(Count.REFUSED_CPS);
    }
}
