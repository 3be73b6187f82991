package io.evenkeel.dataplane;

import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.Epoch;
import io.evenkeel.desiredstate.delivery.Push;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pushes are news. Within an epoch generations only grow; a newer epoch wins whatever its generations;
 * what was removed is remembered for a day, so that a push that comes late cannot bring it back; what was withdrawn may
 * come back, but not older than it was. Not thread-safe.
 */
final class Fence {

    private static final Duration MEMORY = Duration.ofDays(1);

    sealed interface Verdict {

        /**
         * To be applied.
         *
         * @param isContradiction the same generation of the same epoch is held with other content
         */
        record Fresh(boolean isContradiction) implements Verdict {}

        /** Held already, exactly so. */
        record Confirmed() implements Verdict {}

        record Refused(long heldGeneration) implements Verdict {}
    }

    private record Key(ResourceKind kind, UUID id) {}

    private record Removed(Epoch epoch, long generation, Instant at) {}

    private final int maxRemembered;
    private final Map<Key, Held> held = new HashMap<>();
    /** Oldest first. */
    private final LinkedHashMap<Key, Removed> removed = new LinkedHashMap<>();

    private @Nullable Epoch newest;

    Fence(int maxRemembered) {
        this.maxRemembered = maxRemembered;
    }

    Verdict judge(Push push) {
        var key = new Key(push.kind(), push.id());
        var current = held.get(key);
        var gone = removed.get(key);
        if (newest != null && isOlder(push.epoch(), newest)) {
            return new Verdict.Refused(current != null ? current.generation() : gone != null ? gone.generation() : 0);
        } else if (current != null) {
            return judge(push, current);
        } else if (gone != null) {
            return judge(push, gone);
        }
        return new Verdict.Fresh(false);
    }

    /** The push was applied. */
    void accept(Push push, Instant now) {
        var key = new Key(push.kind(), push.id());
        switch (push) {
            case Push.Put put -> {
                held.put(key, new Held(put.epoch(), put.generation(), put.digest()));
                removed.remove(key);
            }
            case Push.Remove remove -> {
                held.remove(key);
                removed.remove(key);
                removed.put(key, new Removed(remove.epoch(), remove.generation(), now));
            }
            case Push.Withdraw withdraw -> {
                held.remove(key);
                removed.remove(key);
                removed.put(key, new Removed(withdraw.epoch(), withdraw.generation() - 1, now));
            }
        }
        if (newest == null || isNewer(push.epoch(), newest)) {
            newest = push.epoch();
        }
        forget(now);
    }

    Map<UUID, Held> held(ResourceKind kind) {
        var ofKind = new HashMap<UUID, Held>();
        held.forEach((key, value) -> {
            if (key.kind() == kind) {
                ofKind.put(key.id(), value);
            }
        });
        return ofKind;
    }

    Optional<Held> find(ResourceKind kind, UUID id) {
        return Optional.ofNullable(held.get(new Key(kind, id)));
    }

    private static Verdict judge(Push push, Held current) {
        if (isNewer(push.epoch(), current.epoch()) || push.generation() > current.generation()) {
            return new Verdict.Fresh(false);
        } else if (push.generation() < current.generation()) {
            return new Verdict.Refused(current.generation());
        }
        return switch (push) {
            case Push.Put put when put.digest().equals(current.digest()) -> new Verdict.Confirmed();
            case Push.Put ignored -> new Verdict.Fresh(true);
            case Push.Remove ignored -> new Verdict.Fresh(false);
            case Push.Withdraw ignored -> new Verdict.Fresh(false);
        };
    }

    private static Verdict judge(Push push, Removed gone) {
        if (isNewer(push.epoch(), gone.epoch())) {
            return new Verdict.Fresh(false);
        } else if (push.generation() < gone.generation()) {
            return new Verdict.Refused(gone.generation());
        }
        return switch (push) {
            case Push.Remove remove when remove.generation() == gone.generation() -> new Verdict.Confirmed();
            // Of something withdrawn: it is deleted as well, which lets less of it come back.
            case Push.Remove ignored -> new Verdict.Fresh(false);
            case Push.Withdraw ignored -> new Verdict.Confirmed();
            case Push.Put put when put.generation() == gone.generation() -> new Verdict.Refused(gone.generation());
            case Push.Put ignored -> new Verdict.Fresh(false);
        };
    }

    private static boolean isNewer(Epoch one, Epoch other) {
        return !one.identity().equals(other.identity()) && one.number() >= other.number();
    }

    private static boolean isOlder(Epoch one, Epoch other) {
        return !one.identity().equals(other.identity()) && one.number() < other.number();
    }

    private void forget(Instant now) {
        while (!removed.isEmpty()) {
            var oldest = removed.firstEntry().getValue();
            if (removed.size() <= maxRemembered && now.isBefore(oldest.at().plus(MEMORY))) {
                return;
            }
            removed.pollFirstEntry();
        }
    }
}
