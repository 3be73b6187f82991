package io.evenkeel.dataplane.transport.epoll.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerHeapTests {

    private final TimerHeap timers = new TimerHeap();

    /** Against a plain map: whatever is added and cancelled, the same tasks run, the sooner first. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void runsWhatIsDueAndNothingElse(long seed) {
        var random = new Random(seed);
        var model = new HashMap<Integer, Long>();
        var handles = new ArrayList<EventLoop.Timer>();
        var ran = new ArrayList<Integer>();
        long now = Long.MAX_VALUE - 5_000;
        for (int step = 0; step < 20_000; step++) {
            int number = step;
            if (random.nextInt(3) > 0) {
                long due = now + random.nextInt(1_000);
                model.put(handles.size(), due);
                int id = handles.size();
                handles.add(timers.add(due, () -> ran.add(id)));
            } else if (!handles.isEmpty()) {
                int id = random.nextInt(handles.size());
                handles.get(id).cancel();
                model.remove(id);
            }
            if (number % 7 == 0) {
                now += random.nextInt(50);
                runDue(now);
                assertThat(ran).containsExactlyInAnyOrderElementsOf(takeDue(model, now));
                ran.clear();
            }
        }
    }

    @Test
    void runsTheSoonerFirst() {
        var ran = new ArrayList<String>();
        timers.add(30, () -> ran.add("third"));
        timers.add(10, () -> ran.add("first"));
        timers.add(20, () -> ran.add("second"));
        assertThat(timers.firstDueNanos()).isEqualTo(10);
        runDue(25);
        assertThat(ran).containsExactly("first", "second");
        runDue(30);
        assertThat(ran).containsExactly("first", "second", "third");
        assertThat(timers.isEmpty()).isTrue();
    }

    @Test
    void cancellingWhatRanDoesNothing() {
        var ran = new ArrayList<String>();
        var first = timers.add(1, () -> ran.add("first"));
        timers.add(2, () -> ran.add("second"));
        runDue(1);
        first.cancel();
        runDue(2);
        assertThat(ran).containsExactly("first", "second");
    }

    private void runDue(long now) {
        for (var task = timers.takeDue(now); task != null; task = timers.takeDue(now)) {
            task.run();
        }
    }

    private static List<Integer> takeDue(Map<Integer, Long> model, long now) {
        var due = model.entrySet().stream()
                .filter(timer -> timer.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(model::remove);
        return due;
    }
}
