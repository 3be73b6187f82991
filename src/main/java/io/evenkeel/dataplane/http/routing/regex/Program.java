package io.evenkeel.dataplane.http.routing.regex;

import io.evenkeel.dataplane.http.routing.regex.Node.Chars;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Several regular expressions as one nondeterministic automaton (Thompson's construction). */
final class Program {

    private static final int MAX_STEPS = 100_000;

    /** One step; the numbers are those of the steps that follow. */
    sealed interface Step {

        record Take(Chars chars, int next) implements Step {}

        record Fork(List<Integer> next) implements Step {}

        record AtBegin(int next) implements Step {}

        record AtEnd(int next) implements Step {}

        record Match(int pattern) implements Step {}
    }

    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();

    /** False when that would be too much for one automaton; then this is of no use any more. */
    boolean add(Node node, int pattern) {
        starts.add(compile(node, emit(new Step.Match(pattern))));
        return steps.size() < MAX_STEPS;
    }

    private int emit(Step step) {
        steps.add(step);
        return steps.size() - 1;
    }

    private int compile(Node node, int next) {
        if (steps.size() >= MAX_STEPS) {
            return next;
        }
        return switch (node) {
            case Chars chars -> emit(new Step.Take(chars, next));
            case Node.Begin _ -> emit(new Step.AtBegin(next));
            case Node.End _ -> emit(new Step.AtEnd(next));
            case Node.Choice choice ->
                emit(new Step.Fork(choice.nodes().stream()
                        .map(branch -> compile(branch, next))
                        .toList()));
            case Node.Sequence sequence -> {
                int start = next;
                for (var part : sequence.nodes().reversed()) {
                    start = compile(part, start);
                }
                yield start;
            }
            case Node.Repeat repeat -> compile(repeat, next);
        };
    }

    private int compile(Node.Repeat repeat, int next) {
        int start = next;
        if (repeat.max() < 0) {
            start = emit(new Step.Fork(List.of()));
            steps.set(start, new Step.Fork(List.of(compile(repeat.node(), start), next)));
        }
        for (int i = repeat.min(); i < repeat.max() && steps.size() < MAX_STEPS; i++) {
            start = emit(new Step.Fork(List.of(compile(repeat.node(), start), next)));
        }
        for (int i = 0; i < repeat.min() && steps.size() < MAX_STEPS; i++) {
            start = compile(repeat.node(), start);
        }
        return start;
    }

    Step step(int number) {
        return steps.get(number);
    }

    List<Step> steps() {
        return steps;
    }

    /** Where the text, or what is looked at of it, begins. */
    Set<Integer> begin(boolean isTextBegin) {
        return closure(starts, isTextBegin, false);
    }

    /** What can be reached without a character: the steps that take one, end the text or match. */
    Set<Integer> closure(Collection<Integer> from, boolean isTextBegin, boolean isTextEnd) {
        var reached = new HashSet<Integer>();
        var seen = new HashSet<>(from);
        var open = new ArrayList<>(seen);
        while (!open.isEmpty()) {
            int number = open.removeLast();
            List<Integer> next = switch (steps.get(number)) {
                case Step.Fork fork -> fork.next();
                case Step.AtBegin begin -> isTextBegin ? List.of(begin.next()) : List.of();
                case Step.AtEnd end -> isTextEnd ? List.of(end.next()) : keep(reached, number);
                case Step.Take _, Step.Match _ -> keep(reached, number);
            };
            next.stream().filter(seen::add).forEach(open::add);
        }
        return reached;
    }

    private static List<Integer> keep(Set<Integer> reached, int number) {
        reached.add(number);
        return List.of();
    }
}
