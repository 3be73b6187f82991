package io.evenkeel.certificate;

import io.evenkeel.platform.error.ErrorCode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code domain} of a certificate: names that SNI finds it by (wire contract, resources.md §8). */
public final class Domains {

    private static final int MAX_NAMES = 100;
    private static final int MAX_NAME_LENGTH = 255;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

    private Domains() {}

    /** The names, in lower case; none for null and "". */
    public static List<String> of(@Nullable String domain) {
        return domain == null || domain.isEmpty()
                ? List.of()
                : Arrays.asList(domain.toLowerCase(Locale.ROOT).split(",", -1));
    }

    /** Errors: INVALID_INPUT naming {@code certificate.domain}. */
    public static void check(@Nullable String domain) {
        var names = of(domain);
        if (names.size() > MAX_NAMES) {
            throw refused("must hold at most " + MAX_NAMES + " names");
        }
        for (var name : names) {
            if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
                throw refused("must be domain names separated by commas: labels of 1..63 letters, digits or '-', the"
                        + " first may be '*'");
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw refused("must not hold a name twice");
        }
    }

    private static RuntimeException refused(String rule) {
        return ErrorCode.INVALID_INPUT.with("certificate.domain", rule);
    }
}
