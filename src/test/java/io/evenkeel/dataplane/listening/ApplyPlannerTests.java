package io.evenkeel.dataplane.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.dataplane.States;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredListener.PortRange;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplyPlannerTests {

    private final ApplyPlanner planner = new ApplyPlanner(false);
    private final DesiredListener http = States.listener(ListenerProtocol.HTTP, 80, Optional.empty());
    private final DesiredListener tcp = States.listener(ListenerProtocol.TCP, 81, Optional.empty());
    private final DesiredLoadBalancer both = States.loadBalancer(http, tcp);

    @Test
    void opensEveryListenerOfANewLoadBalancer() {
        assertThat(planner.plan(null, both))
                .allSatisfy(step -> assertThat(step).isInstanceOf(ApplyStep.OpenListener.class))
                .hasSize(2);
    }

    @Test
    void touchesNothingThatDoesNotChange() {
        assertThat(planner.plan(both, States.next(both, http, tcp))).isEmpty();
    }

    @Test
    void swapsAnEditedListenerAndLeavesTheOtherAlone() {
        var next = States.next(both, States.renamed(http, "edited"), tcp);
        assertThat(planner.plan(both, next))
                .singleElement()
                .isInstanceOfSatisfying(
                        ApplyStep.SwapSettings.class,
                        swap -> assertThat(swap.endpoint().listener().name()).isEqualTo("edited"));
    }

    @Test
    void closesBeforeItOpensWhenAPortMoves() {
        var replaced = States.next(both, States.moved(http, 82), States.moved(tcp, 80));
        assertThat(planner.plan(both, replaced).stream()
                        .map(step -> step.getClass().getSimpleName()))
                .containsExactly("CloseListener", "CloseListener", "OpenListener", "OpenListener");
        assertThat(planner.plan(both, States.at(both, "127.0.0.9"))).hasSize(4);
    }

    @Test
    void letsTheConnectionsOfARemovedListenerEndAndCutsThoseOfADisabledOne() {
        assertThat(planner.plan(both, States.next(both, http))).containsExactly(close(tcp, false));
        assertThat(planner.plan(both, null)).contains(close(tcp, false), close(http, false));
        assertThat(planner.plan(both, States.next(both, http, States.enabled(tcp, false))))
                .containsExactly(close(tcp, true));
        assertThat(planner.plan(both, States.enabled(both, false))).contains(close(tcp, true), close(http, true));
    }

    @Test
    void bindsTheVipOrEveryAddress() {
        var dual = States.at(both, "127.0.0.1", "::1");
        assertThat(planner.endpoints(dual).values())
                .extracting(e -> e.bind().getAddress().getHostAddress())
                .containsOnly("127.0.0.1", "0:0:0:0:0:0:0:1")
                .hasSize(4);
        var wildcard = new ApplyPlanner(true);
        assertThat(wildcard.endpoints(dual).values())
                .extracting(e -> e.bind().getAddress().getHostAddress())
                .containsExactly("0.0.0.0", "0.0.0.0");
        assertThat(wildcard.endpoints(States.at(both, "::1")).values())
                .allSatisfy(e ->
                        assertThat(e.bind().getAddress().isAnyLocalAddress()).isTrue());
    }

    @Test
    void namesWhatIsNotServedAndServesTheRest() {
        var quic = States.listener(ListenerProtocol.QUIC, 443, Optional.empty());
        var mixed = States.loadBalancer(http, quic);
        assertThat(ApplyPlanner.problems(mixed))
                .allSatisfy(problem -> assertThat(problem.reason()).isEqualTo(Reason.PROTOCOL_NOT_SERVED))
                .extracting(problem -> problem.listenerId())
                .containsExactly(quic.id());
        assertThat(planner.endpoints(mixed)).hasSize(1);
        assertThat(ApplyPlanner.problems(States.enabled(mixed, false))).isEmpty();
    }

    @Test
    void bindsEveryPortOfTheRangesAndTakesThemForOneListener() {
        var range = States.over(tcp, new PortRange(100, 103), new PortRange(200, 200));
        var loadBalancer = States.at(States.loadBalancer(range), "127.0.0.1", "::1");
        assertThat(planner.endpoints(loadBalancer).values())
                .extracting(endpoint -> endpoint.bind().getPort())
                .containsExactlyInAnyOrder(100, 101, 102, 103, 200, 100, 101, 102, 103, 200);
        var narrower = States.over(tcp, new PortRange(101, 102));
        var wider = States.at(States.loadBalancer(range), "127.0.0.1");
        assertThat(planner.plan(wider, States.next(wider, narrower)).stream()
                        .collect(Collectors.groupingBy(step -> step.getClass().getSimpleName(), Collectors.counting())))
                .isEqualTo(Map.of("CloseListener", 3L, "SwapSettings", 2L));
    }

    @Test
    void bindsNothingWithoutAVip() {
        assertThat(planner.endpoints(States.at(both))).isEmpty();
        assertThat(ApplyPlanner.problems(States.at(both)))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.reason()).isEqualTo(Reason.ADDRESS_NOT_AVAILABLE));
    }

    @Test
    void refusesAVipThatIsNoAddress() {
        assertThatIllegalArgumentException().isThrownBy(() -> planner.plan(null, States.at(both, "vip.example")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void goingFromAnyStateToAnyOtherGivesThatOtherAndTouchesOnlyWhatDiffers(long seed) {
        var random = new Random(seed);
        var protocols = List.of(ListenerProtocol.HTTP, ListenerProtocol.TCP, ListenerProtocol.UDP);
        var known = new ArrayList<DesiredListener>();
        for (int i = 0; i < 6; i++) {
            known.add(States.listener(protocols.get(i % 3), 1_000 + i, Optional.empty()));
        }
        @Nullable DesiredLoadBalancer before = null;
        for (int round = 0; round < 200; round++) {
            var after = random.nextInt(10) == 0 ? null : randomState(random, known);
            var open = new HashMap<>(planner.endpoints(before));
            var steps = planner.plan(before, after);
            steps.forEach(step -> execute(step, open));
            assertThat(open).isEqualTo(planner.endpoints(after));
            assertThat(steps).hasSameSizeAs(differences(planner.endpoints(before), planner.endpoints(after)));
            before = after;
        }
    }

    private DesiredLoadBalancer randomState(Random random, List<DesiredListener> known) {
        var listeners = known.stream()
                .filter(listener -> random.nextBoolean())
                .map(listener -> States.with(
                        listener,
                        listener.port() + random.nextInt(2) * 10,
                        random.nextInt(4) > 0,
                        "n" + random.nextInt(2)))
                .toArray(DesiredListener[]::new);
        var state = States.enabled(States.next(both, listeners), random.nextInt(5) > 0);
        return switch (random.nextInt(4)) {
            case 0 -> States.at(state);
            case 1 -> States.at(state, "127.0.0.1", "::1");
            case 2 -> States.at(state, "127.0.0.2");
            default -> state;
        };
    }

    private static List<Endpoint.Key> differences(
            Map<Endpoint.Key, Endpoint> before, Map<Endpoint.Key, Endpoint> after) {
        var keys = new ArrayList<>(before.keySet());
        after.keySet().stream().filter(key -> !before.containsKey(key)).forEach(keys::add);
        return keys.stream()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .collect(Collectors.toList());
    }

    private static void execute(ApplyStep step, Map<Endpoint.Key, Endpoint> open) {
        switch (step) {
            case ApplyStep.CloseListener close ->
                assertThat(open.remove(close.key())).isNotNull();
            case ApplyStep.SwapSettings swap ->
                assertThat(open.replace(swap.endpoint().key(), swap.endpoint())).isNotNull();
            case ApplyStep.OpenListener added -> {
                assertThat(open.values())
                        .noneMatch(e -> e.bind().equals(added.endpoint().bind()));
                open.put(added.endpoint().key(), added.endpoint());
            }
        }
    }

    private ApplyStep close(DesiredListener listener, boolean isCut) {
        var endpoints = planner.endpoints(States.loadBalancer(listener));
        return new ApplyStep.CloseListener(endpoints.keySet().iterator().next(), isCut);
    }
}
