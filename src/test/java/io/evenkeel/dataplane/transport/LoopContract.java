package io.evenkeel.dataplane.transport;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an event loop promises. */
interface LoopContract {

    TransportFixture fixture();

    @Test
    default void loopsHaveTheirPlaceAsIndexAndAThreadOfTheirOwn() {
        var loops = fixture().transport.loops();
        var names = new ArrayList<String>();
        for (var loop : loops) {
            names.add(on(loop, () -> {
                assertThat(loop.isCurrentThread()).isTrue();
                assertThat(Thread.currentThread().isDaemon()).isTrue();
                return Thread.currentThread().getName();
            }));
        }

        assertThat(loops).extracting(EventLoop::index).containsExactly(0, 1);
        assertThat(names).containsExactly("evenkeel-loop-0", "evenkeel-loop-1");
        assertThat(loops).noneMatch(EventLoop::isCurrentThread);
    }

    @Test
    default void runsTasksInTheOrderOfSubmission() {
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            fixture().loop(1).execute(() -> ran.add(number));
        }

        assertThat(on(fixture().loop(1), () -> List.copyOf(ran)))
                .isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    default void survivesATaskThatFails() {
        fixture().loop(0).execute(() -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(on(fixture().loop(0), () -> 42)).isEqualTo(42);
    }

    @Test
    default void runsATimerAfterItsDelayAndNotBefore() {
        var loop = fixture().loop(0);
        var ranAfter = new CompletableFuture<Duration>();
        on(loop, () -> {
            long start = loop.nanoTime();
            return loop.schedule(
                    Duration.ofMillis(50), () -> ranAfter.complete(Duration.ofNanos(loop.nanoTime() - start)));
        });

        assertThat(get(ranAfter)).isBetween(Duration.ofMillis(49), SOON);
    }

    @Test
    default void aCancelledTimerDoesNotRun() {
        var loop = fixture().loop(0);
        var ran = new ArrayList<String>();
        var last = new CompletableFuture<List<String>>();
        on(loop, () -> {
            var cancelled = loop.schedule(Duration.ofMillis(10), () -> ran.add("cancelled"));
            loop.schedule(Duration.ofMillis(20), () -> ran.add("kept"));
            var timer = loop.schedule(Duration.ofMillis(40), () -> last.complete(List.copyOf(ran)));
            cancelled.cancel();
            cancelled.cancel();
            return timer;
        });

        assertThat(get(last)).containsExactly("kept");
    }
}
