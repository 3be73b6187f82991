package io.evenkeel.bench.controlplane;

import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What is measured.
 *
 * @param isWriting whether what it leaves is taken away again afterwards
 * @param calls makes a call about something picked at random
 */
record Operation(String name, boolean isWriting, Function<RandomGenerator, Call> calls) {

    static Operation reading(String name, Function<RandomGenerator, Call> calls) {
        return new Operation(name, false, calls);
    }

    static Operation writing(String name, Function<RandomGenerator, Call> calls) {
        return new Operation(name, true, calls);
    }
}
