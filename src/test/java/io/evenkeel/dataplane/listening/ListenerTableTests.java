package io.evenkeel.dataplane.listening;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.States;
import io.evenkeel.dataplane.accesslog.AccessLog;
import io.evenkeel.dataplane.accesslog.AccessLogOptions;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.proof.Outstanding;
import io.evenkeel.dataplane.tls.boringssl.ServerContexts;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.DesiredListener.PortRange;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import io.evenkeel.desiredstate.delivery.KeyOpener;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerTableTests {

    private static final int FIRST = 8200;

    private final Transport transport = TestTransports.open(2);
    private final String vip = "127.9." + ThreadLocalRandom.current().nextInt(250) + ".1";

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void leavesHalfOfTheDescriptorsToOthersAndGoesOnWhenThereIsRoom() {
        var table = table(20);
        var wide = over(ListenerProtocol.TCP, FIRST, FIRST + 9, vip);
        table.apply(wide.id(), wide);
        assertThat(table.problems(wide.id())).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.CANNOT_BIND);
            assertThat(problem.message()).contains("20", "10");
        });
        // Five sockets on each of two loops; another listener finds no room either.
        var late = over(ListenerProtocol.UDP, FIRST, FIRST, vip);
        table.apply(late.id(), late);
        assertThat(table.problems(late.id())).hasSize(1);

        table.apply(wide.id(), null);
        var serving = new ArrayList<UUID>();
        table.retry((loadBalancer, problem) -> {}, (loadBalancer, listener) -> serving.add(listener));
        assertThat(serving).containsExactly(late.listeners().getFirst().id());
        assertThat(table.problems(late.id())).isEmpty();
    }

    @Test
    void saysOnceThatTheVipOfAWideRangeIsNotHere() {
        var table = table(1 << 20);
        var elsewhere = over(ListenerProtocol.UDP, 1, 65_000, "192.0.2.77");
        table.apply(elsewhere.id(), elsewhere);
        assertThat(table.problems(elsewhere.id())).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.ADDRESS_NOT_AVAILABLE);
            assertThat(problem.message()).contains("192.0.2.77");
        });
        table.retry(
                (loadBalancer, problem) -> assertThat(problem).as("told once").isNull(),
                (loadBalancer, listener) -> assertThat(listener).as("serves").isNull());
    }

    private ListenerTable table(long descriptors) {
        return new ListenerTable(
                transport,
                new NoPools(),
                new Traffic(2),
                false,
                new ServerContexts(KeyOpener.NONE),
                new AccessLog(AccessLogOptions.DEFAULT, 2),
                new Outstanding(),
                new Descriptors(descriptors));
    }

    private static DesiredLoadBalancer over(ListenerProtocol protocol, int first, int last, String vip) {
        var listener = States.over(States.listener(protocol, 0, Optional.empty()), new PortRange(first, last));
        return States.at(States.loadBalancer(listener), vip);
    }

    private static final class NoPools implements PoolSource {

        @Override
        public @Nullable MemberPool find(UUID poolId) {
            return null;
        }

        @Override
        public Readiness readiness(UUID poolId) {
            return Readiness.KNOWN;
        }
    }
}
