package io.evenkeel.dataplane.http.routing.text;

/** Percent-encoding: RFC 3986 §2.1. */
final class Escapes {

    private Escapes() {}

    /** The byte that the percent sign at this index stands for with the two digits behind it, -1 without such. */
    static int at(byte[] text, int percent, int end) {
        if (percent + 2 >= end) {
            return -1;
        }
        int high = Character.digit(text[percent + 1], 16);
        int low = Character.digit(text[percent + 2], 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }
}
