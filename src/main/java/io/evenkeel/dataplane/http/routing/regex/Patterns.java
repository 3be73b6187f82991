package io.evenkeel.dataplane.http.routing.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All regular expressions of a listener's policies, by number. Those that automata can be made of are matched together,
 * in one pass over the path as a rule; what is left, and every path beyond ASCII, is matched by RE2/J one by one. Either
 * way the time is linear in the path.
 */
public final class Patterns {

    /** What is known of a pattern and a path. */
    public static final byte UNKNOWN = 0;

    public static final byte MATCHES = 1;
    private static final byte DIFFERS = 2;

    /** What is too much for one automaton is split in two, and so on. */
    private static final int MAX_ATTEMPTS = 16;

    private final Pattern[] patterns;
    private final List<Automaton> automata = new ArrayList<>();
    private int attempts;
    /** By pattern; null for one that RE2/J matches alone. */
    private final @Nullable Automaton[] automatonOf;

    private Patterns(List<String> regexes, List<Pattern> compiled) {
        patterns = compiled.toArray(new Pattern[0]);
        automatonOf = new Automaton[patterns.length];
        var parsed = new ArrayList<Parsed>();
        for (int i = 0; i < patterns.length; i++) {
            int number = i;
            Parser.parse(regexes.get(i)).ifPresent(node -> parsed.add(new Parsed(number, node)));
        }
        makeAutomata(parsed);
    }

    private record Parsed(int number, Node node) {}

    private void makeAutomata(List<Parsed> parsed) {
        if (parsed.isEmpty() || ++attempts > MAX_ATTEMPTS) {
            return;
        }
        var program = new Program();
        var automaton = parsed.stream().allMatch(one -> program.add(one.node(), one.number()))
                ? Automaton.of(program).orElse(null)
                : null;
        if (automaton != null) {
            automata.add(automaton);
            parsed.forEach(one -> automatonOf[one.number()] = automaton);
        } else if (parsed.size() > 1) {
            int half = parsed.size() / 2;
            makeAutomata(parsed.subList(0, half));
            makeAutomata(parsed.subList(half, parsed.size()));
        }
    }

    /** Gathers them. */
    public static final class Builder {

        private final List<String> regexes = new ArrayList<>();
        private final List<Pattern> patterns = new ArrayList<>();

        /**
         * Its number.
         *
         * @throws IllegalArgumentException when it is no regular expression of RE2
         */
        public int add(String regex) {
            try {
                patterns.add(Pattern.compile(regex));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "No regular expression of RE2: " + regex + ": " + e.getDescription(), e);
            }
            regexes.add(regex);
            return patterns.size() - 1;
        }

        public Patterns build() {
            return new Patterns(regexes, patterns);
        }
    }

    public int count() {
        return patterns.length;
    }

    /** Of how many the whole path is gone through together. */
    int automata() {
        return automata.size();
    }

    /**
     * Whether it matches any part of the path.
     *
     * @param results what is known of the same path, by pattern; at first {@link #UNKNOWN}
     */
    public boolean matches(int pattern, byte[] path, int size, byte[] results) {
        if (results[pattern] == UNKNOWN) {
            var automaton = automatonOf[pattern];
            if (automaton == null || !automaton.run(path, size, results)) {
                results[pattern] = alone(pattern, path, size);
            } else {
                settle(automaton, results);
            }
        }
        return results[pattern] == MATCHES;
    }

    // Of automata each is one object, known by no other.
    @SuppressWarnings("ReferenceEquality")
    private void settle(Automaton automaton, byte[] results) {
        for (int i = 0; i < results.length && i < automatonOf.length; i++) {
            if (automatonOf[i] == automaton && results[i] == UNKNOWN) {
                results[i] = DIFFERS;
            }
        }
    }

    private byte alone(int pattern, byte[] path, int size) {
        return patterns[pattern].matcher(Arrays.copyOf(path, size)).find() ? MATCHES : DIFFERS;
    }
}
