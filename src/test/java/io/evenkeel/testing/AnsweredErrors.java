package io.evenkeel.testing;

import io.evenkeel.platform.error.ErrorCode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Notes which errors the tests of this JVM were answered. */
public final class AnsweredErrors {

    private static final Set<ErrorCode> ANSWERED = ConcurrentHashMap.newKeySet();

    private AnsweredErrors() {}

    /** As a client reads them. */
    public static void note(String vendorCode, String message) {
        codeOf(vendorCode, message).ifPresent(ANSWERED::add);
    }

    public static Set<ErrorCode> codes() {
        var codes = EnumSet.noneOf(ErrorCode.class);
        codes.addAll(ANSWERED);
        return codes;
    }

    /** Of those whose text it can be, the one that says most itself. */
    private static Optional<ErrorCode> codeOf(String vendorCode, String message) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.vendorCode().equals(vendorCode)
                        && pattern(code).matcher(message).matches())
                .max(Comparator.comparingInt(code -> code.template().length()));
    }

    private static Pattern pattern(ErrorCode code) {
        return Pattern.compile(
                Arrays.stream(code.template().split("%s", -1))
                        .map(Pattern::quote)
                        .reduce((one, next) -> one + ".*" + next)
                        .orElseThrow(),
                Pattern.DOTALL);
    }
}
