package io.evenkeel.healthmonitor;

import java.util.regex.Pattern;

/** The grammar of {@code expected_codes}: up to five codes or ranges, such as {@code 200,202,300-304}. */
final class ExpectedCodes {

    static final String OF_HTTP = "200";
    static final String OF_GRPC = "0";

    private static final Pattern ITEM = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?");
    private static final int MAX_ITEMS = 5;

    private ExpectedCodes() {}

    /** Whether the text names only codes from lowest to highest. */
    static boolean isValid(String text, int lowest, int highest) {
        var items = text.split(",", -1);
        if (items.length > MAX_ITEMS) {
            return false;
        }
        for (var item : items) {
            var match = ITEM.matcher(item);
            if (!match.matches()) {
                return false;
            }
            int from = Integer.parseInt(match.group(1));
            int to = match.group(2) == null ? from : Integer.parseInt(match.group(2));
            if (from < lowest || to > highest || from > to) {
                return false;
            }
        }
        return true;
    }
}
