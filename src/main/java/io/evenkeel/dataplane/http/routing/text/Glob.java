package io.evenkeel.dataplane.http.routing.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text in which {@code *} stands for any characters and {@code ?} for one. Takes time linear in what it is compared
 * with: all ways to match are followed at once, one bit each (the Shift-And algorithm of Baeza-Yates and Gonnet).
 */
public final class Glob {

    /** The class of bytes within a character, which {@code ?} takes whole; that of all others is 0. */
    private static final int OTHER_CONTINUATION = 1;

    private final byte[] text;
    private final boolean isLiteral;
    private final int words;
    private final int tokens;
    private final char[] classOf = new char[256];
    /** By class of byte and word: the tokens that take it, and those behind which it is passed over. */
    private final long[] takes;

    private final long[] passes;

    public Glob(String pattern) {
        text = pattern.getBytes(StandardCharsets.UTF_8);
        isLiteral = pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
        tokens = text.length - stars(text);
        words = tokens / Long.SIZE + 1;
        int classes = isLiteral ? 0 : classify();
        takes = new long[classes * words];
        passes = new long[classes * words];
        if (!isLiteral) {
            compile(classes);
        }
    }

    private static int stars(byte[] text) {
        int stars = 0;
        for (byte c : text) {
            stars += c == '*' ? 1 : 0;
        }
        return stars;
    }

    private int classify() {
        for (int c = 0x80; c < 0xc0; c++) {
            classOf[c] = OTHER_CONTINUATION;
        }
        int classes = OTHER_CONTINUATION + 1;
        for (byte c : text) {
            if (c != '*' && c != '?' && classOf[c & 0xff] <= OTHER_CONTINUATION) {
                classOf[c & 0xff] = (char) classes++;
            }
        }
        return classes;
    }

    private void compile(int classes) {
        int token = 0;
        for (byte c : text) {
            if (c == '*') {
                for (int of = 0; of < classes; of++) {
                    set(passes, of, token);
                }
            } else if (c == '?') {
                compileOne(token++);
            } else {
                set(takes, classOf[c & 0xff], token++);
            }
        }
    }

    private void compileOne(int token) {
        for (int c = 0; c < classOf.length; c++) {
            boolean isContinuation = (c & 0xc0) == 0x80;
            set(isContinuation ? passes : takes, classOf[c], isContinuation ? token + 1 : token);
        }
    }

    private void set(long[] masks, int classOfByte, int token) {
        masks[classOfByte * words + token / Long.SIZE] |= 1L << token;
    }

    public boolean matches(byte[] array, int from, int to) {
        if (isLiteral) {
            return Arrays.equals(array, from, to, text, 0, text.length);
        }
        return words == 1 ? matchesOneWord(array, from, to) : matchesWords(array, from, to);
    }

    private boolean matchesOneWord(byte[] array, int from, int to) {
        long reached = 1;
        for (int i = from; i < to && reached != 0; i++) {
            int of = classOf[array[i] & 0xff];
            reached = ((reached & takes[of]) << 1) | (reached & passes[of]);
        }
        return ((reached >>> tokens) & 1) != 0;
    }

    private boolean matchesWords(byte[] array, int from, int to) {
        var reached = new long[words];
        reached[0] = 1;
        for (int i = from; i < to; i++) {
            int of = classOf[array[i] & 0xff] * words;
            long carried = 0;
            for (int word = 0; word < words; word++) {
                long taken = reached[word] & takes[of + word];
                reached[word] = (taken << 1) | carried | (reached[word] & passes[of + word]);
                carried = taken >>> (Long.SIZE - 1);
            }
        }
        return ((reached[tokens / Long.SIZE] >>> tokens) & 1) != 0;
    }
}
