package io.evenkeel.dataplane.http.routing.regex;

import io.evenkeel.dataplane.http.routing.regex.Node.Begin;
import io.evenkeel.dataplane.http.routing.regex.Node.Chars;
import io.evenkeel.dataplane.http.routing.regex.Node.Choice;
import io.evenkeel.dataplane.http.routing.regex.Node.End;
import io.evenkeel.dataplane.http.routing.regex.Node.Repeat;
import io.evenkeel.dataplane.http.routing.regex.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the part of RE2's syntax that nearly all rules keep to. To be given expressions that RE2 accepts; of what it does
 * not know (word boundaries, Unicode classes, flags within, quoted text) it makes nothing.
 */
final class Parser {

    private static final Chars DIGITS = Chars.range('0', '9');
    private static final Chars WORD =
            DIGITS.or(Chars.range('A', 'Z')).or(Chars.range('a', 'z')).or(Chars.of('_'));
    private static final Chars SPACE = Chars.of(' ')
            .or(Chars.of('\t'))
            .or(Chars.of('\n'))
            .or(Chars.of('\f'))
            .or(Chars.of('\r'));
    private static final Chars ANY = Chars.of('\n').not();
    private static final Pattern GROUP_START = Pattern.compile("\\((\\?(:|P?<[A-Za-z0-9_]+>))?");
    private static final Pattern COUNTS = Pattern.compile("\\{([0-9]{1,4})(,([0-9]{0,4}))?\\}");
    private static final String IGNORING_CASE = "(?i)";

    private final String text;
    private final boolean ignoresCase;
    private int at;

    /** Thrown for what is left to others. Carries no stack trace. */
    private static final class UnknownSyntaxException extends Exception {

        UnknownSyntaxException() {
            super("syntax that no automaton is made of", null, false, false);
        }
    }

    private Parser(String regex) {
        ignoresCase = regex.startsWith(IGNORING_CASE);
        text = ignoresCase ? regex.substring(IGNORING_CASE.length()) : regex;
    }

    static Optional<Node> parse(String regex) {
        var parser = new Parser(regex);
        try {
            var node = parser.choice();
            return parser.at == parser.text.length() ? Optional.of(node) : Optional.empty();
        } catch (UnknownSyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private char next() throws UnknownSyntaxException {
        if (at == text.length()) {
            throw new UnknownSyntaxException();
        }
        return text.charAt(at++);
    }

    private Node choice() throws UnknownSyntaxException {
        var branches = new ArrayList<Node>();
        branches.add(sequence());
        while (isAt('|')) {
            at++;
            branches.add(sequence());
        }
        return branches.size() == 1 ? branches.getFirst() : new Choice(List.copyOf(branches));
    }

    private Node sequence() throws UnknownSyntaxException {
        var nodes = new ArrayList<Node>();
        while (at < text.length() && !isAt('|') && !isAt(')')) {
            nodes.add(repeated(atom()));
        }
        return new Sequence(List.copyOf(nodes));
    }

    private Node repeated(Node node) throws UnknownSyntaxException {
        var repeated = node;
        while (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            repeated = switch (text.charAt(at)) {
                case '*' -> new Repeat(repeated, 0, -1);
                case '+' -> new Repeat(repeated, 1, -1);
                case '?' -> new Repeat(repeated, 0, 1);
                default -> counted(repeated);
            };
            at++;
            if (isAt('?')) {
                // Prefers less, which is the same to whether it matches.
                at++;
            }
        }
        return repeated;
    }

    private Node counted(Node node) throws UnknownSyntaxException {
        var counts = COUNTS.matcher(text).region(at, text.length());
        if (!counts.lookingAt()) {
            throw new UnknownSyntaxException();
        }
        at = counts.end() - 1;
        int min = Integer.parseInt(counts.group(1));
        if (counts.group(2) == null) {
            return new Repeat(node, min, min);
        }
        return new Repeat(node, min, counts.group(3).isEmpty() ? -1 : Integer.parseInt(counts.group(3)));
    }

    private Node atom() throws UnknownSyntaxException {
        char c = next();
        return switch (c) {
            case '(' -> group();
            case '[' -> set();
            case '.' -> ANY;
            case '^' -> new Begin();
            case '$' -> new End();
            case '\\' -> escaped();
            case '{' -> throw new UnknownSyntaxException();
            default -> folded(literal(c));
        };
    }

    /** Beyond ASCII nothing is ever met, whether in one char or in two. */
    private static Chars literal(char c) {
        return c < 128 ? Chars.of(c) : Chars.NONE;
    }

    private Node group() throws UnknownSyntaxException {
        var start = GROUP_START.matcher(text).region(at - 1, text.length());
        if (!start.lookingAt() || (start.group(1) == null && isAt('?'))) {
            throw new UnknownSyntaxException();
        }
        at = start.end();
        var inner = choice();
        if (next() != ')') {
            throw new UnknownSyntaxException();
        }
        return inner;
    }

    private Node escaped() throws UnknownSyntaxException {
        if (isAt('A')) {
            at++;
            return new Begin();
        } else if (isAt('z')) {
            at++;
            return new End();
        }
        return folded(escapedChars());
    }

    private Chars escapedChars() throws UnknownSyntaxException {
        char c = next();
        return switch (c) {
            case 'd' -> DIGITS;
            case 'D' -> DIGITS.not();
            case 'w' -> WORD;
            case 'W' -> WORD.not();
            case 's' -> SPACE;
            case 'S' -> SPACE.not();
            case 'n' -> Chars.of('\n');
            case 't' -> Chars.of('\t');
            case 'r' -> Chars.of('\r');
            case 'f' -> Chars.of('\f');
            default -> {
                if (c >= 128 || Character.isLetterOrDigit(c)) {
                    throw new UnknownSyntaxException();
                }
                yield Chars.of(c);
            }
        };
    }

    private Node set() throws UnknownSyntaxException {
        boolean isNegated = isAt('^');
        at += isNegated ? 1 : 0;
        var chars = Chars.NONE;
        boolean isFirst = true;
        while (isFirst || !isAt(']')) {
            chars = chars.or(element());
            isFirst = false;
        }
        at++;
        chars = folded(chars);
        return isNegated ? chars.not() : chars;
    }

    private Chars element() throws UnknownSyntaxException {
        if (isAt('[')) {
            // May be a class of POSIX.
            throw new UnknownSyntaxException();
        }
        char first = next();
        var chars = first == '\\' ? escapedChars() : literal(first);
        boolean isRange = isAt('-') && at + 1 < text.length() && text.charAt(at + 1) != ']';
        if (!isRange) {
            return chars;
        }
        at++;
        char last = next();
        if (first == '\\' || last == '\\' || last == '[' || first >= 128) {
            throw new UnknownSyntaxException();
        }
        return Chars.range(first, last);
    }

    private Chars folded(Chars chars) {
        if (!ignoresCase) {
            return chars;
        }
        var folded = chars;
        for (int c = 'a'; c <= 'z'; c++) {
            int upper = c - 'a' + 'A';
            if (chars.has(c) || chars.has(upper)) {
                folded = folded.or(Chars.of(c)).or(Chars.of(upper));
            }
        }
        return folded;
    }
}
