package io.evenkeel.dataplane.http.conformance;

import io.evenkeel.dataplane.http.conformance.Step.Sends;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One case: a conversation of a client and a member through the proxy.
 *
 * @param title with the section that asks for it
 * @param inserted the listener's switches for inserted fields
 */
record Vector(String title, Map<String, String> inserted, boolean hasMember, List<Step> steps) {

    /** Longer blocks are cut at samples only, or a head of 32 KiB alone would take minutes. */
    private static final int CUT_EVERYWHERE = 2_000;

    private static final int SAMPLE = 1_499;

    Vector {
        steps = List.copyOf(steps);
    }

    /** All in one piece, a byte a piece, and in two pieces at every place of every block. */
    Stream<Cut> cuts() {
        return Stream.concat(
                Stream.of(Cut.NOWHERE, Cut.EVERY_BYTE), blocks().stream().flatMap(Vector::cutsOf));
    }

    private List<Sends> blocks() {
        return steps.stream()
                .filter(Sends.class::isInstance)
                .map(Sends.class::cast)
                .filter(Sends::isCut)
                .toList();
    }

    private static Stream<Cut> cutsOf(Sends block) {
        int length = block.bytes().length();
        return java.util.stream.IntStream.range(1, length)
                .filter(at -> length <= CUT_EVERYWHERE || at % SAMPLE == 0 || at < 20 || length - at < 8)
                .mapToObj(at -> new Cut.At(block, at));
    }

    @Override
    public String toString() {
        return title;
    }
}
