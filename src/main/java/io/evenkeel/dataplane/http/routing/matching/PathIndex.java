package io.evenkeel.dataplane.http.routing.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The policies for a host, found by their paths: one look for the whole path, and one for each length of a prefix. */
final class PathIndex {

    /** Of a path in a rule. */
    static final int MAX_LENGTH = 128;

    private static final int[] NONE = {};

    /** A path and the policies for it, by their numbers in ascending order. */
    private static final class Entry {

        private final byte[] path;
        private final long hash;
        private final int[] equal;
        private final int[] startingWith;

        Entry(byte[] path, int[] equal, int[] startingWith) {
            this.path = path;
            this.hash = Hashes.of(path);
            this.equal = equal;
            this.startingWith = startingWith;
        }
    }

    private final @Nullable Entry[] table;
    private final int bits;
    private final int[] prefixLengths;
    private final int[] forAnyPath;
    private final int first;

    private PathIndex(List<Entry> entries, int[] forAnyPath) {
        bits = Hashes.bitsFor(entries.size());
        table = new Entry[1 << bits];
        var lengths = new TreeSet<Integer>();
        int least = forAnyPath.length == 0 ? Integer.MAX_VALUE : forAnyPath[0];
        for (var entry : entries) {
            int at = Hashes.place(entry.hash, bits);
            while (table[at] != null) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = entry;
            if (entry.startingWith.length > 0) {
                lengths.add(entry.path.length);
                least = Math.min(least, entry.startingWith[0]);
            }
            if (entry.equal.length > 0) {
                least = Math.min(least, entry.equal[0]);
            }
        }
        this.prefixLengths = lengths.stream().mapToInt(Integer::intValue).toArray();
        this.forAnyPath = forAnyPath;
        this.first = least;
    }

    /** Gathers policies in ascending order of their numbers. */
    static final class Builder {

        private final Map<String, List<Integer>> equal = new TreeMap<>();
        private final Map<String, List<Integer>> startingWith = new TreeMap<>();
        private final List<Integer> forAnyPath = new ArrayList<>();

        void forAnyPath(int policy) {
            add(forAnyPath, policy);
        }

        void forPath(byte[] path, boolean isPrefix, int policy) {
            var paths = isPrefix ? startingWith : equal;
            add(paths.computeIfAbsent(Keys.of(path), key -> new ArrayList<>()), policy);
        }

        private static void add(List<Integer> policies, int policy) {
            if (policies.isEmpty() || policies.getLast() != policy) {
                policies.add(policy);
            }
        }

        PathIndex build() {
            var paths = new TreeSet<>(equal.keySet());
            paths.addAll(startingWith.keySet());
            var entries = paths.stream()
                    .map(path -> new Entry(Keys.bytes(path), numbers(equal.get(path)), numbers(startingWith.get(path))))
                    .toList();
            return new PathIndex(entries, numbers(forAnyPath));
        }

        private static int[] numbers(@Nullable List<Integer> policies) {
            return policies == null
                    ? NONE
                    : policies.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** The first policy whose other rules match too, if it comes before the best one so far; else that one. */
    int first(RequestView request, OtherRules others, int best) {
        if (first >= best) {
            return best;
        }
        int found = others.first(forAnyPath, request, best);
        for (int length : prefixLengths) {
            if (length > request.pathSize()) {
                break;
            }
            var entry = find(request, length);
            if (entry != null) {
                found = others.first(entry.startingWith, request, found);
            }
        }
        if (request.pathSize() <= MAX_LENGTH) {
            var entry = find(request, request.pathSize());
            if (entry != null) {
                found = others.first(entry.equal, request, found);
            }
        }
        return found;
    }

    private @Nullable Entry find(RequestView request, int length) {
        long hash = request.pathHash(length);
        int at = Hashes.place(hash, bits);
        for (var entry = table[at]; entry != null; entry = table[at]) {
            if (entry.hash == hash
                    && entry.path.length == length
                    && Arrays.equals(entry.path, 0, length, request.path(), 0, length)) {
                return entry;
            }
            at = (at + 1) & (table.length - 1);
        }
        return null;
    }
}
