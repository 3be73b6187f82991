package io.evenkeel.dataplane.http.routing.regex;

import io.evenkeel.dataplane.http.routing.regex.Program.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A deterministic automaton that tells in one pass over a text which of several regular expressions match some part of
 * it. Characters that no expression tells apart are one class.
 */
final class Automaton {

    /** Two bytes each. */
    private static final int MAX_TRANSITIONS = 1 << 19;

    /** Steps looked at while it is built: some tens of milliseconds. */
    private static final int MAX_WORK = 1 << 19;

    private static final int ASCII = 128;
    private static final int[] NONE = {};

    private final byte[] classOf;
    private final int classes;
    private final char[] transitions;
    /** By state: patterns that match as soon as it is reached, and those that do if the text ends there. */
    private final int[][] matched;

    private final int[][] matchedAtEnd;

    private Automaton(byte[] classOf, int classes, char[] transitions, int[][] matched, int[][] matchedAtEnd) {
        this.classOf = classOf;
        this.classes = classes;
        this.transitions = transitions;
        this.matched = matched;
        this.matchedAtEnd = matchedAtEnd;
    }

    /** Marks the patterns that match with 1. False where the text is not of ASCII characters alone. */
    boolean run(byte[] text, int size, byte[] results) {
        int state = 0;
        mark(matched[0], results);
        for (int i = 0; i < size; i++) {
            if (text[i] < 0) {
                return false;
            }
            state = transitions[state * classes + classOf[text[i]]];
            mark(matched[state], results);
        }
        mark(matchedAtEnd[state], results);
        return true;
    }

    private static void mark(int[] patterns, byte[] results) {
        for (int pattern : patterns) {
            results[pattern] = 1;
        }
    }

    /** Empty when it would be too large. */
    static Optional<Automaton> of(Program program) {
        return new Builder(program).build();
    }

    /** The subset construction of Rabin and Scott. */
    private static final class Builder {

        private final Program program;
        private final byte[] classOf = new byte[ASCII];
        private final int classes;
        private final Set<Integer> later;
        /** In ascending order, whose hashes differ as those of sets do not. */
        private final Map<List<Integer>, Integer> numbers = new HashMap<>();

        private final List<List<Integer>> states = new ArrayList<>();
        private int work;

        Builder(Program program) {
            this.program = program;
            this.classes = classify();
            this.later = program.begin(false);
        }

        private int classify() {
            var sets = program.steps().stream()
                    .filter(Step.Take.class::isInstance)
                    .map(step -> ((Step.Take) step).chars())
                    .distinct()
                    .toList();
            var known = new HashMap<List<Boolean>, Integer>();
            for (int c = 0; c < ASCII; c++) {
                int character = c;
                var signature = sets.stream().map(set -> set.has(character)).toList();
                classOf[c] = (byte) (int) known.computeIfAbsent(signature, absent -> known.size());
            }
            return known.size();
        }

        Optional<Automaton> build() {
            var transitions = new ArrayList<char[]>();
            number(program.begin(true));
            for (int state = 0; state < states.size(); state++) {
                boolean isTooLarge = states.size() * classes > MAX_TRANSITIONS || states.size() > Character.MAX_VALUE;
                if (isTooLarge || work > MAX_WORK) {
                    return Optional.empty();
                }
                transitions.add(transitionsOf(states.get(state)));
            }
            var table = new char[states.size() * classes];
            for (int state = 0; state < states.size(); state++) {
                System.arraycopy(transitions.get(state), 0, table, state * classes, classes);
            }
            return Optional.of(new Automaton(
                    classOf,
                    classes,
                    table,
                    states.stream().map(this::matchedIn).toArray(int[][]::new),
                    states.stream().map(this::matchedAtEndOf).toArray(int[][]::new)));
        }

        private char[] transitionsOf(List<Integer> state) {
            var targets = new ArrayList<Set<Integer>>();
            for (int i = 0; i < classes; i++) {
                targets.add(new HashSet<>());
            }
            var representatives = representatives();
            for (int number : state) {
                if (program.step(number) instanceof Step.Take take) {
                    for (int i = 0; i < classes; i++) {
                        if (take.chars().has(representatives[i])) {
                            targets.get(i).add(take.next());
                        }
                    }
                }
            }
            var row = new char[classes];
            for (int i = 0; i < classes; i++) {
                row[i] = (char) number(reachedFrom(targets.get(i)));
            }
            return row;
        }

        private Set<Integer> reachedFrom(Set<Integer> targets) {
            if (targets.isEmpty()) {
                return later;
            }
            var reached = program.closure(targets, false, false);
            reached.addAll(later);
            work += reached.size();
            return reached;
        }

        private int[] representatives() {
            var representatives = new int[classes];
            for (int c = 0; c < ASCII; c++) {
                representatives[classOf[c]] = c;
            }
            return representatives;
        }

        private int number(Set<Integer> state) {
            var ascending = state.stream().sorted().toList();
            return numbers.computeIfAbsent(ascending, absent -> {
                states.add(absent);
                return states.size() - 1;
            });
        }

        private int[] matchedIn(Collection<Integer> state) {
            var patterns = state.stream()
                    .map(program::step)
                    .filter(Step.Match.class::isInstance)
                    .mapToInt(step -> ((Step.Match) step).pattern())
                    .sorted()
                    .distinct()
                    .toArray();
            return patterns.length == 0 ? NONE : patterns;
        }

        private int[] matchedAtEndOf(Collection<Integer> state) {
            return matchedIn(program.closure(state, false, true));
        }
    }
}
