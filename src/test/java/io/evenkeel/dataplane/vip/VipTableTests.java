package io.evenkeel.dataplane.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.States;
import io.evenkeel.dataplane.vip.VipHealth.Why;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VipTableTests {

    private static final String V4 = "10.0.0.10";
    private static final String V6 = "2001:db8::10";

    private final Set<UUID> unchecked = new HashSet<>();
    private final VipTable table = new VipTable(poolId -> !unchecked.contains(poolId));
    private final UUID pool = UUID.randomUUID();
    private final DesiredLoadBalancer loadBalancer =
            States.at(States.loadBalancer(States.listener(ListenerProtocol.HTTP, 80, Optional.of(pool))), V4, V6);

    private VipPort open(String vip) {
        return new VipPort(InetAddress.ofLiteral(vip), true, Optional.empty(), Set.of(pool));
    }

    private static VipPort closed(String vip, Reason reason) {
        var problem = new Problem(UUID.randomUUID(), reason, "It is so.");
        return new VipPort(InetAddress.ofLiteral(vip), false, Optional.of(problem), Set.of());
    }

    /** As a worker does: once when it is applied, and again within a second. */
    private void settle(DesiredLoadBalancer desired, VipPort... ports) {
        table.update(desired, List.of(ports));
        table.update(desired, List.of(ports));
    }

    private Optional<Why> whyNot(String vip) {
        return table.find(InetAddress.ofLiteral(vip)).orElseThrow().trouble().map(VipHealth.Trouble::why);
    }

    @Test
    void servesWhereEveryPortIsOpen() {
        settle(loadBalancer, open(V4), open(V4), open(V6));

        assertThat(whyNot(V4)).isEmpty();
        assertThat(whyNot(V6)).isEmpty();
        assertThat(table.find(InetAddress.ofLiteral("10.0.0.11"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"PORT_IN_USE", "ADDRESS_NOT_AVAILABLE", "CANNOT_BIND"})
    void onePortThatThisHostDoesNotGiveIsEnough(Reason reason) {
        settle(loadBalancer, open(V4), closed(V4, reason), open(V6));

        assertThat(whyNot(V4).map(Enum::name)).contains(reason.name());
        assertThat(table.find(InetAddress.ofLiteral(V4))
                        .orElseThrow()
                        .trouble()
                        .orElseThrow()
                        .message())
                .isEqualTo("1 of 2 ports are not open: It is so.");
        assertThat(whyNot(V6)).as("the other address").isEmpty();
    }

    @Test
    void aListenerThatNoWorkerCanServeLeavesTheVipToTheOthers() {
        settle(
                loadBalancer,
                open(V4),
                closed(V4, Reason.CERTIFICATE_NOT_USABLE),
                closed(V6, Reason.CERTIFICATE_NOT_USABLE));

        assertThat(whyNot(V4)).isEmpty();
        assertThat(whyNot(V6)).contains(Why.CERTIFICATE_NOT_USABLE);
    }

    @Test
    void servesNothingThatIsSwitchedOffOrNotThere() {
        settle(States.enabled(loadBalancer, false));
        assertThat(whyNot(V4)).contains(Why.SWITCHED_OFF);

        settle(States.next(loadBalancer));
        assertThat(whyNot(V4)).contains(Why.NO_LISTENER);

        settle(States.next(loadBalancer, States.enabled(loadBalancer.listeners().getFirst(), false)));
        assertThat(whyNot(V4)).contains(Why.NO_LISTENER);
        assertThat(whyNot(V6)).contains(Why.NO_LISTENER);
    }

    @Test
    void aVipThatIsNotBoundIsNotServed() {
        settle(loadBalancer, open(V4));

        assertThat(whyNot(V4)).isEmpty();
        assertThat(whyNot(V6)).contains(Why.NOT_BOUND);
    }

    @Test
    void waitsOnceUntilEveryMemberWasChecked() {
        table.update(loadBalancer, List.of(open(V4), open(V6)));
        assertThat(whyNot(V4)).as("before anything is checked").contains(Why.NOT_CHECKED_YET);
        unchecked.add(pool);
        table.update(loadBalancer, List.of(open(V4), open(V6)));
        assertThat(whyNot(V4)).contains(Why.NOT_CHECKED_YET);
        assertThat(table.settling()).containsExactly(loadBalancer.id());

        unchecked.clear();
        table.update(loadBalancer, List.of(open(V4), open(V6)));
        assertThat(whyNot(V4)).isEmpty();
        assertThat(table.settling()).isEmpty();

        unchecked.add(pool);
        table.update(States.next(loadBalancer, loadBalancer.listeners().getFirst()), List.of(open(V4), open(V6)));
        assertThat(whyNot(V4)).as("with a member that came later").isEmpty();
    }

    @Test
    void forgetsWhatIsGoneAndKeepsWhatMovedOn() {
        settle(loadBalancer, open(V4), open(V6));
        var other = States.at(States.loadBalancer(loadBalancer.listeners().getFirst()), V6);
        settle(other, open(V6));
        table.remove(loadBalancer.id());

        assertThat(table.find(InetAddress.ofLiteral(V4))).isEmpty();
        assertThat(table.find(InetAddress.ofLiteral(V6)).orElseThrow().loadBalancerId())
                .isEqualTo(other.id());

        settle(States.at(other, V4), open(V4));
        assertThat(whyNot(V4)).isEmpty();
        assertThat(table.find(InetAddress.ofLiteral(V6))).isEmpty();

        table.clear();
        assertThat(table.find(InetAddress.ofLiteral(V4))).isEmpty();
    }
}
