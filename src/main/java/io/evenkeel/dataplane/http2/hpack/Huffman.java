package io.evenkeel.dataplane.http2.hpack;

import java.util.Arrays;

/**
 * The code of RFC 7541 Appendix B. It is canonical, so the lengths of its words are all there is to know. Decoded four
 * bits at a time: no word is shorter, so at most one symbol ends within them.
 */
final class Huffman {

    private static final int SYMBOLS = 257;
    private static final int END_OF_STRING = 256;
    private static final int MAX_LENGTH = 30;
    private static final int NIBBLE = 16;
    private static final int MAX_PADDING = 7;

    /** Of each symbol's word, in base 32. */
    private static final String LENGTHS = "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca"
            + "d67777777777777777777777878djde6f56565666577666567655677777fbeds"
            + "kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn"
            + "qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq"
            + "u";

    // Of a code with 257 words the tree has 256 inner nodes; a leaf is written as ~symbol.
    private static final int[] CHILDREN = tree();
    private static final boolean[] MAY_END = ends();
    private static final int FAILED = -1;
    private static final int NO_SYMBOL = 0x100;
    // By node and four bits: the node they lead to and the symbol that they complete.
    private static final int[] STEPS = steps();

    private Huffman() {}

    private static int[] tree() {
        var children = new int[2 * (SYMBOLS - 1)];
        int nodes = 1;
        int word = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            word <<= 1;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (Character.digit(LENGTHS.charAt(symbol), 32) != length) {
                    continue;
                }
                int node = 0;
                for (int bit = length - 1; bit > 0; bit--) {
                    int branch = 2 * node + ((word >> bit) & 1);
                    if (children[branch] == 0) {
                        children[branch] = nodes++;
                    }
                    node = children[branch];
                }
                children[2 * node + (word & 1)] = ~symbol;
                word++;
            }
        }
        return children;
    }

    /** RFC 7541 §5.2: what pads the last byte are the first bits, all ones, of the word that ends a string. */
    private static boolean[] ends() {
        var mayEnd = new boolean[SYMBOLS - 1];
        int node = 0;
        for (int padding = 0; padding <= MAX_PADDING; padding++) {
            mayEnd[node] = true;
            node = CHILDREN[2 * node + 1];
        }
        return mayEnd;
    }

    private static int[] steps() {
        var steps = new int[(SYMBOLS - 1) * NIBBLE];
        for (int node = 0; node < SYMBOLS - 1; node++) {
            for (int bits = 0; bits < NIBBLE; bits++) {
                steps[node * NIBBLE + bits] = step(node, bits);
            }
        }
        return steps;
    }

    private static int step(int from, int bits) {
        int node = from;
        int symbol = NO_SYMBOL;
        for (int bit = 3; bit >= 0; bit--) {
            int child = CHILDREN[2 * node + ((bits >> bit) & 1)];
            if (child == ~END_OF_STRING) {
                return FAILED;
            }
            if (child < 0) {
                symbol = ~child;
                node = 0;
            } else {
                node = child;
            }
        }
        return (node << 9) | symbol;
    }

    /** Appends what the bytes in [from, to) say. */
    static void decode(byte[] bytes, int from, int to, Text out) throws HpackException {
        int node = 0;
        for (int at = from; at < to; at++) {
            node = take(node, (bytes[at] >> 4) & 0xf, out);
            node = take(node, bytes[at] & 0xf, out);
        }
        if (!MAY_END[node]) {
            throw new HpackException("bad end of a Huffman string");
        }
    }

    private static int take(int node, int bits, Text out) throws HpackException {
        int step = STEPS[node * NIBBLE + bits];
        if (step == FAILED) {
            throw new HpackException("end within a Huffman string");
        }
        if ((step & NO_SYMBOL) == 0) {
            out.add(step & 0xff);
        }
        return step >> 9;
    }

    static {
        if (Arrays.stream(CHILDREN).filter(child -> child < 0).count() != SYMBOLS) {
            throw new IllegalStateException("The code is not complete");
        }
    }
}
