package io.evenkeel.livechanges.scene;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredStickiness;
import java.util.Optional;
import java.util.TreeMap;

/** A pool: its members' weights by server, and how it treats them. */
public record Pool(
        Front front,
        Algorithm algorithm,
        TreeMap<Integer, Integer> weights,
        Optional<Change.Check> check,
        int drainSeconds,
        int slowStartSeconds,
        boolean isFailOpen,
        Optional<DesiredStickiness.Type> stickiness) {

    static Pool of(Front front, TreeMap<Integer, Integer> weights, Change.Check check) {
        return new Pool(front, Algorithm.ROUND_ROBIN, weights, Optional.of(check), 0, 0, false, Optional.empty());
    }

    Pool balanced(Algorithm next) {
        return new Pool(front, next, weights, check, drainSeconds, slowStartSeconds, isFailOpen, stickiness);
    }

    Pool checked(Optional<Change.Check> next) {
        return new Pool(front, algorithm, weights, next, drainSeconds, slowStartSeconds, isFailOpen, stickiness);
    }

    Pool draining(int seconds) {
        return new Pool(front, algorithm, weights, check, seconds, slowStartSeconds, isFailOpen, stickiness);
    }

    Pool easingIn(int seconds) {
        return new Pool(front, algorithm, weights, check, drainSeconds, seconds, isFailOpen, stickiness);
    }

    Pool failingOpen(boolean isOn) {
        return new Pool(front, algorithm, weights, check, drainSeconds, slowStartSeconds, isOn, stickiness);
    }

    Pool keeping(Optional<DesiredStickiness.Type> next) {
        return new Pool(front, algorithm, weights, check, drainSeconds, slowStartSeconds, isFailOpen, next);
    }
}
