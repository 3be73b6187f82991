package io.evenkeel.livechanges.scene;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The policies of one listener. */
final class Policies {

    private static final int MOST = 6;

    private final Front front;
    private final Map<Integer, Policy> byNumber = new TreeMap<>();
    private int last;

    Policies(Front front) {
        this.front = front;
    }

    /** In the order in which they are asked. */
    List<Policy> inOrder() {
        return byNumber.values().stream()
                .sorted(Comparator.comparingInt(Policy::priority))
                .toList();
    }

    /** The one that takes requests for that path. */
    Optional<Policy> taking(String path) {
        return inOrder().stream().filter(policy -> policy.match().takes(path)).findFirst();
    }

    void put(Policy policy) {
        byNumber.put(policy.number(), policy);
        last = Math.max(last, policy.number());
    }

    void remove(int number) {
        byNumber.remove(number);
    }

    void swap(int one, int other) {
        var first = policy(one);
        var second = policy(other);
        put(first.at(second.priority()));
        put(second.at(first.priority()));
    }

    private Policy policy(int number) {
        return Optional.ofNullable(byNumber.get(number)).orElseThrow();
    }

    Change draw(SplittableRandom random) {
        var numbers = List.copyOf(byNumber.keySet());
        int kind = random.nextInt(10);
        if (numbers.isEmpty() || (kind < 3 && numbers.size() < MOST)) {
            return new Change.PutPolicy(front, drawn(random, last + 1, last + 1));
        }
        int one = numbers.get(random.nextInt(numbers.size()));
        int other = numbers.get(random.nextInt(numbers.size()));
        if (kind < 5) {
            return new Change.RemovePolicy(front, one);
        } else if (kind < 7 && one != other) {
            return new Change.SwapPolicies(front, one, other);
        }
        return new Change.PutPolicy(front, drawn(random, one, policy(one).priority()));
    }

    private static Policy drawn(SplittableRandom random, int number, int priority) {
        var shares = new TreeMap<Integer, Integer>();
        int first = 3 + random.nextInt(2);
        shares.put(first, 1 + random.nextInt(100));
        if (random.nextInt(4) > 0) {
            shares.put(7 - first, random.nextInt(101));
        }
        var matches = Policy.Match.values();
        return new Policy(number, priority, matches[random.nextInt(matches.length)], shares, random.nextBoolean());
    }
}
