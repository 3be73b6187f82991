package io.evenkeel.dataplane.http.routing.regex;

import java.util.List;

/** A regular expression over ASCII text, as far as automata are made of it. */
sealed interface Node {

    /** One character out of a set, a bit each: below 64, and from there on. */
    record Chars(long low, long high) implements Node {

        static final Chars NONE = new Chars(0, 0);
        static final Chars ALL = new Chars(-1, -1);

        static Chars of(int c) {
            return range(c, c);
        }

        /** What lies beyond ASCII is never met. */
        static Chars range(int first, int last) {
            long low = 0;
            long high = 0;
            for (int c = first; c <= Math.min(last, 127); c++) {
                low |= c < 64 ? 1L << c : 0;
                high |= c < 64 ? 0 : 1L << (c - 64);
            }
            return new Chars(low, high);
        }

        Chars or(Chars other) {
            return new Chars(low | other.low, high | other.high);
        }

        Chars not() {
            return new Chars(~low, ~high);
        }

        boolean has(int c) {
            return (((c < 64 ? low : high) >>> c) & 1) != 0;
        }
    }

    record Sequence(List<Node> nodes) implements Node {}

    record Choice(List<Node> nodes) implements Node {}

    /** @param max -1 for any number */
    record Repeat(Node node, int min, int max) implements Node {}

    /** Matches where the text begins, and nothing of it. */
    record Begin() implements Node {}

    /** Matches where the text ends, and nothing of it. */
    record End() implements Node {}
}
