package io.evenkeel.dataplane.health.probe;

import java.util.ArrayList;
import java.util.List;

/** Status codes, of HTTP or of gRPC, that count as success: {@code 200}, {@code 200,202}, {@code 200-204,300-302}. */
public record ExpectedCodes(String text, List<Range> ranges) {

    public record Range(int first, int last) {}

    /**
     * @throws IllegalArgumentException when the text is no list of codes and ranges
     */
    static ExpectedCodes parse(String text) {
        var ranges = new ArrayList<Range>();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = code(dash < 0 ? part : part.substring(0, dash), text);
            int last = dash < 0 ? first : code(part.substring(dash + 1), text);
            if (first > last) {
                throw new IllegalArgumentException("Not a range of status codes: " + text);
            }
            ranges.add(new Range(first, last));
        }
        return new ExpectedCodes(text, List.copyOf(ranges));
    }

    boolean contains(int code) {
        return ranges.stream().anyMatch(range -> range.first() <= code && code <= range.last());
    }

    private static int code(String digits, String text) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("Not a list of status codes: " + text);
        }
        return Integer.parseInt(digits);
    }
}
