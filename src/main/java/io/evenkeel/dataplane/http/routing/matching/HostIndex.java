package io.evenkeel.dataplane.http.routing.matching;

import io.evenkeel.dataplane.http.routing.text.HostName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The policies of a listener by their hosts: one look for the host itself, and one for each dot in it. */
final class HostIndex {

    /** A host, or what stands behind the star of one with its dot. */
    private static final class Entry {

        private final byte[] host;
        private final long hash;
        private final @Nullable PathIndex itself;
        private final @Nullable PathIndex below;

        Entry(byte[] host, @Nullable PathIndex itself, @Nullable PathIndex below) {
            this.host = host;
            this.hash = Hashes.backwards(host);
            this.itself = itself;
            this.below = below;
        }
    }

    private final @Nullable Entry[] table;
    private final int bits;
    private final boolean hasHosts;
    private final boolean isAnyBelow;
    private final PathIndex forAnyHost;

    private HostIndex(List<Entry> entries, PathIndex forAnyHost) {
        bits = Hashes.bitsFor(entries.size());
        table = new Entry[1 << bits];
        for (var entry : entries) {
            int at = Hashes.place(entry.hash, bits);
            while (table[at] != null) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = entry;
        }
        hasHosts = !entries.isEmpty();
        isAnyBelow = entries.stream().anyMatch(entry -> entry.below != null);
        this.forAnyHost = forAnyHost;
    }

    static final class Builder {

        private final Map<String, PathIndex.Builder> itself = new TreeMap<>();
        private final Map<String, PathIndex.Builder> below = new TreeMap<>();
        private final PathIndex.Builder forAnyHost = new PathIndex.Builder();

        /** The paths of the policies for that host, as rules name it. */
        PathIndex.Builder of(String host) {
            return (HostName.isWildcard(host) ? below : itself)
                    .computeIfAbsent(Keys.of(HostName.ofRule(host)), absent -> new PathIndex.Builder());
        }

        PathIndex.Builder ofAnyHost() {
            return forAnyHost;
        }

        HostIndex build() {
            var hosts = new TreeSet<>(itself.keySet());
            hosts.addAll(below.keySet());
            var entries = new ArrayList<Entry>();
            for (var host : hosts) {
                entries.add(new Entry(Keys.bytes(host), built(itself.get(host)), built(below.get(host))));
            }
            return new HostIndex(entries, forAnyHost.build());
        }

        private static @Nullable PathIndex built(PathIndex.@Nullable Builder paths) {
            return paths == null ? null : paths.build();
        }
    }

    /** The number of the first policy that matches, or {@link Integer#MAX_VALUE}. */
    int first(RequestView request, OtherRules others) {
        int best = hasHosts ? firstOfHost(request, others) : Integer.MAX_VALUE;
        return forAnyHost.first(request, others, best);
    }

    private int firstOfHost(RequestView request, OtherRules others) {
        int best = Integer.MAX_VALUE;
        long hash = Hashes.START;
        for (int at = request.hostSize() - 1; at >= 0; at--) {
            byte c = request.host()[at];
            hash = Hashes.with(hash, c);
            if (at == 0 || (isAnyBelow && c == '.')) {
                var entry = find(request, at, hash);
                var paths = entry == null ? null : at == 0 ? entry.itself : entry.below;
                best = paths == null ? best : paths.first(request, others, best);
            }
        }
        return best;
    }

    private @Nullable Entry find(RequestView request, int from, long hash) {
        int at = Hashes.place(hash, bits);
        for (var entry = table[at]; entry != null; entry = table[at]) {
            if (entry.hash == hash
                    && Arrays.equals(entry.host, 0, entry.host.length, request.host(), from, request.hostSize())) {
                return entry;
            }
            at = (at + 1) & (table.length - 1);
        }
        return null;
    }
}
