package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.Epoch;
import io.evenkeel.desiredstate.delivery.Push;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FenceTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Epoch LATER = new Epoch(2, "cluster/2/a");
    private static final Fence.Verdict FRESH = new Fence.Verdict.Fresh(false);
    private static final Fence.Verdict CONFIRMED = new Fence.Verdict.Confirmed();

    private final Fence fence = new Fence(3);
    private final DesiredLoadBalancer first = States.atGeneration(States.loadBalancer(), 5);

    @Test
    void takesWhatItDoesNotHoldAndWhatIsNewer() {
        assertThat(fence.judge(States.put(first))).isEqualTo(FRESH);
        fence.accept(States.put(first), NOW);
        assertThat(fence.judge(States.put(States.atGeneration(first, 6)))).isEqualTo(FRESH);
        assertThat(fence.judge(States.remove(States.atGeneration(first, 6)))).isEqualTo(FRESH);
        assertThat(fence.judge(States.remove(first))).isEqualTo(FRESH);
    }

    @Test
    void refusesAnOlderGeneration() {
        fence.accept(States.put(first), NOW);
        assertThat(fence.judge(States.put(States.atGeneration(first, 4)))).isEqualTo(new Fence.Verdict.Refused(5));
        assertThat(fence.judge(States.remove(States.atGeneration(first, 4)))).isEqualTo(new Fence.Verdict.Refused(5));
    }

    @Test
    void confirmsAnEqualGenerationWithTheSameContent() {
        fence.accept(States.put(first), NOW);
        assertThat(fence.judge(States.put(first))).isEqualTo(CONFIRMED);
    }

    @Test
    void takesAnEqualGenerationWithOtherContentAsAContradiction() {
        fence.accept(States.put(first), NOW);
        var other = States.atGeneration(States.enabled(first, false), 5);
        assertThat(fence.judge(States.put(other))).isEqualTo(new Fence.Verdict.Fresh(true));
    }

    @Test
    void aNewerEpochWinsWhateverItsGenerationAndTheOlderIsRefusedFromThenOn() {
        fence.accept(States.put(first), NOW);
        var restored = States.put(LATER, States.atGeneration(first, 1));
        assertThat(fence.judge(restored)).isEqualTo(FRESH);
        fence.accept(restored, NOW);
        assertThat(fence.judge(States.put(States.atGeneration(first, 9)))).isEqualTo(new Fence.Verdict.Refused(1));
        assertThat(fence.judge(States.put(States.loadBalancer()))).isEqualTo(new Fence.Verdict.Refused(0));
        assertThat(fence.judge(States.put(LATER, States.atGeneration(first, 2))))
                .isEqualTo(FRESH);
    }

    @Test
    void oneIdentityIsOneEpochWhateverItsNumber() {
        fence.accept(States.put(first), NOW);
        var renumbered = new Epoch(7, States.EPOCH.identity());
        assertThat(fence.judge(States.put(renumbered, States.atGeneration(first, 4))))
                .isEqualTo(new Fence.Verdict.Refused(5));
        assertThat(fence.judge(States.put(renumbered, first))).isEqualTo(CONFIRMED);
    }

    @Test
    void letsNothingOlderBringBackWhatWasRemoved() {
        fence.accept(States.put(first), NOW);
        fence.accept(States.remove(States.atGeneration(first, 6)), NOW);
        assertThat(fence.find(ResourceKind.LOAD_BALANCER, first.id())).isEmpty();
        assertThat(fence.judge(States.put(first))).isEqualTo(new Fence.Verdict.Refused(6));
        assertThat(fence.judge(States.put(States.atGeneration(first, 6)))).isEqualTo(new Fence.Verdict.Refused(6));
        assertThat(fence.judge(States.remove(States.atGeneration(first, 6)))).isEqualTo(CONFIRMED);
        assertThat(fence.judge(States.put(LATER, first))).isEqualTo(FRESH);
    }

    @Test
    void letsWhatWasWithdrawnComeBackAsItWasAndNotOlder() {
        fence.accept(States.put(first), NOW);
        assertThat(fence.judge(States.withdraw(first))).isEqualTo(FRESH);
        fence.accept(States.withdraw(first), NOW);

        assertThat(fence.find(ResourceKind.LOAD_BALANCER, first.id())).isEmpty();
        assertThat(fence.judge(States.withdraw(first))).isEqualTo(CONFIRMED);
        assertThat(fence.judge(States.put(States.atGeneration(first, 4)))).isEqualTo(new Fence.Verdict.Refused(4));
        assertThat(fence.judge(States.put(first))).isEqualTo(FRESH);
    }

    @Test
    void letsNothingBringBackWhatWasDeletedAfterItWasWithdrawn() {
        fence.accept(States.put(first), NOW);
        fence.accept(States.withdraw(first), NOW);
        var deleted = States.remove(States.atGeneration(first, 6));
        assertThat(fence.judge(deleted)).isEqualTo(FRESH);
        fence.accept(deleted, NOW);

        assertThat(fence.judge(States.put(first))).isEqualTo(new Fence.Verdict.Refused(6));
        assertThat(fence.judge(States.withdraw(first))).isEqualTo(new Fence.Verdict.Refused(6));
    }

    @Test
    void remembersTheRemovalOfWhatItNeverHeld() {
        assertThat(fence.judge(States.remove(first))).isEqualTo(FRESH);
        fence.accept(States.remove(first), NOW);
        assertThat(fence.judge(States.put(first))).isEqualTo(new Fence.Verdict.Refused(5));
    }

    @Test
    void forgetsRemovalsAfterADay() {
        fence.accept(States.remove(first), NOW);
        var later = NOW.plus(Duration.ofDays(1));
        fence.accept(States.put(States.loadBalancer()), later.minusMillis(1));
        assertThat(fence.judge(States.put(first))).isEqualTo(new Fence.Verdict.Refused(5));
        fence.accept(States.put(States.loadBalancer()), later);
        assertThat(fence.judge(States.put(first))).isEqualTo(FRESH);
    }

    @Test
    void remembersABoundedNumberOfRemovals() {
        fence.accept(States.remove(first), NOW);
        for (int i = 0; i < 3; i++) {
            assertThat(fence.judge(States.put(first))).isEqualTo(new Fence.Verdict.Refused(5));
            fence.accept(new Push.Remove(States.EPOCH, ResourceKind.POOL, UUID.randomUUID(), 1), NOW.plusSeconds(i));
        }
        assertThat(fence.judge(States.put(first))).isEqualTo(FRESH);
    }

    @Test
    void listsWhatItHoldsByKind() {
        var put = States.put(first);
        fence.accept(put, NOW);
        assertThat(fence.held(ResourceKind.LOAD_BALANCER))
                .containsOnlyKeys(first.id())
                .containsValue(new Held(States.EPOCH, 5, put.digest()));
        assertThat(fence.held(ResourceKind.POOL)).isEmpty();
    }
}
