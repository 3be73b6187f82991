package io.evenkeel.writes;

/** JSON that fits a header: whatever is not ASCII is written as an escape. */
final class Ascii {

    private Ascii() {}

    static String of(String json) {
        var text = new StringBuilder(json.length());
        json.chars().forEach(c -> {
            if (c < 0x7f) {
                text.append((char) c);
            } else {
                text.append("\\u%04x".formatted(c));
            }
        });
        return text.toString();
    }
}
