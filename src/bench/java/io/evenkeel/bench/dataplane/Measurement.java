package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Usage;

/**
 * One run of one test through one contender. A unit is an answer or, of streams, a GB (10^9 bytes).
 *
 * @param rate units a second
 * @param cpuMicros processor time of the whole process for a unit
 * @param kernelMicros of it, that within the kernel
 * @param loopMicros of it, that of the threads that carry traffic; 0 where they cannot be told apart
 * @param residentMib memory at the end
 * @param busy share of its processor that the load driver took
 */
record Measurement(
        double rate,
        double cpuMicros,
        double kernelMicros,
        double loopMicros,
        double p50Micros,
        double p99Micros,
        double residentMib,
        double busy,
        long errors) {

    static Measurement of(TestCase test, LoadResult load, Usage before, Usage after) {
        double units = test.isStream() ? load.bytes() / 1e9 : load.answers();
        return new Measurement(
                units / load.seconds(),
                (after.processMicros() - before.processMicros()) / units,
                (after.kernelMicros() - before.kernelMicros()) / units,
                (after.loopMicros() - before.loopMicros()) / units,
                load.p50Micros(),
                load.p99Micros(),
                after.residentKib() / 1024.0,
                load.busy(),
                load.errors());
    }
}
