package io.evenkeel.dataplane.http.conformance;

import io.evenkeel.dataplane.http.conformance.Step.Sends;
import java.util.stream.IntStream;

/** Where the bytes of a vector are parted on their way. */
sealed interface Cut {

    Cut NOWHERE = new Regular(Integer.MAX_VALUE);
    Cut EVERY_BYTE = new Regular(1);

    /** Where the pieces of that block end, its end included. */
    int[] ends(Sends block);

    /** Long blocks get at most so many pieces. */
    int MOST_PIECES = 2_000;

    record Regular(int size) implements Cut {

        @Override
        public int[] ends(Sends block) {
            int length = block.bytes().length();
            int piece = block.isCut() ? Math.max(size, length / MOST_PIECES) : length;
            int pieces = Math.ceilDiv(length, piece);
            return IntStream.rangeClosed(1, pieces)
                    .map(i -> (int) Math.min(length, (long) i * piece))
                    .toArray();
        }
    }

    /** Once, within one block. The same object as in the vector: two blocks may be equal. */
    record At(Sends block, int position) implements Cut {

        @Override
        @SuppressWarnings("ReferenceEquality")
        public int[] ends(Sends other) {
            int length = other.bytes().length();
            return other == block ? new int[] {position, length} : new int[] {length};
        }
    }
}
