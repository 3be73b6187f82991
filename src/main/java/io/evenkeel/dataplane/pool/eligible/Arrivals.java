package io.evenkeel.dataplane.pool.eligible;

import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who came to a pool that served already, and when (wire contract, resources.md §11: slow start acts on members added
 * after the first, begins once they are healthy and ends when they are not). Who was there when nobody served is a
 * founder: the first checks of founders end one after the other, and the first of them must not carry all until the
 * others have been eased in. Times are nanoseconds of one clock.
 *
 * @param <M> what tells members apart
 */
public final class Arrivals<M> {

    private final Set<M> serving;
    private final Map<M, Long> came;
    private final Set<M> founders;
    private final OptionalLong foundedAt;

    private Arrivals(Set<M> serving, Map<M, Long> came, Set<M> founders, OptionalLong foundedAt) {
        this.serving = serving;
        this.came = came;
        this.founders = founders;
        this.foundedAt = foundedAt;
    }

    /** Nobody was there yet. */
    public static <M> Arrivals<M> none() {
        return new Arrivals<>(Set.of(), Map.of(), Set.of(), OptionalLong.empty());
    }

    /** How it stands now that these are the members, and of them these are ready to serve. */
    public Arrivals<M> next(Optional<SlowStart> slowStart, Collection<M> members, Predicate<M> isReady, long nowNanos) {
        boolean isFounding = serving.isEmpty();
        var nextFounders = new HashSet<>(isFounding ? members : founders);
        nextFounders.retainAll(Set.copyOf(members));
        var nextServing = new HashSet<M>();
        var nextCame = new HashMap<M, Long>();
        var duration = slowStart.map(SlowStart::duration).orElse(Duration.ZERO);
        boolean areFoundersExpected = isFounding || nowNanos - foundedAt.orElse(nowNanos) < duration.toNanos();
        for (M member : members) {
            if (isReady.test(member)) {
                nextServing.add(member);
                boolean isFounder = nextFounders.remove(member) && areFoundersExpected;
                var since = serving.contains(member) ? came.get(member) : Long.valueOf(nowNanos);
                if (!isFounder && since != null && nowNanos - since < duration.toNanos()) {
                    nextCame.put(member, since);
                }
            }
        }
        var nextFoundedAt = !isFounding ? foundedAt : nextServing.isEmpty() ? OptionalLong.empty() : at(nowNanos);
        return new Arrivals<>(nextServing, nextCame, nextFounders, nextFoundedAt);
    }

    private static OptionalLong at(long nanos) {
        return OptionalLong.of(nanos);
    }

    /** What part of its weight the member counts with, in parts of {@link SlowStart#WHOLE}. */
    public int shareOf(M member, Optional<SlowStart> slowStart, long nowNanos) {
        var since = came.get(member);
        return since == null || slowStart.isEmpty()
                ? SlowStart.WHOLE
                : slowStart.get().shareAfter(Duration.ofNanos(nowNanos - since));
    }

    /** Whether anybody does not take its whole share yet. */
    public boolean isAnyNew() {
        return !came.isEmpty();
    }
}
