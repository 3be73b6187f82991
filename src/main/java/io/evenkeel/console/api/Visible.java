package io.evenkeel.console.api;

/** Text that shows all of itself: control characters by their pictures, marks that turn the direction by their code. */
public final class Visible {

    private Visible() {}

    public static String text(String text) {
        return text.codePoints().anyMatch(Visible::hides)
                ? text.codePoints()
                        .collect(StringBuilder::new, (shown, code) -> show(code, shown), StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean hides(int code) {
        return switch (Character.getType(code)) {
            case Character.CONTROL, Character.SURROGATE -> true;
            // Joins what becomes one sign.
            case Character.FORMAT -> code != 0x200d;
            default -> false;
        };
    }

    private static void show(int code, StringBuilder shown) {
        if (!hides(code)) {
            shown.appendCodePoint(code);
        } else if (code < 0x20) {
            shown.appendCodePoint(0x2400 + code);
        } else if (code == 0x7f) {
            shown.appendCodePoint(0x2421);
        } else {
            shown.append("⟨U+%04X⟩".formatted(code));
        }
    }
}
