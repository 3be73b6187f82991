package io.evenkeel.dataplane.health.schedule;

import java.util.List;

/**
 * How well the checker keeps up, counted since it began.
 *
 * @param startedByLateness how many checks began so many whole milliseconds after they were due; the last for all more
 * @param checksByTarget how often each target was checked, in the order in which they came
 */
public record CheckFigures(List<Long> startedByLateness, List<Long> checksByTarget) {

    /** Checks that began, late or not. */
    public long started() {
        return startedByLateness.stream().mapToLong(Long::longValue).sum();
    }
}
