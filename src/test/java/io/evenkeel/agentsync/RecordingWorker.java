package io.evenkeel.agentsync;

import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.Push;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker that takes every push and writes it down. */
final class RecordingWorker implements WorkerLink {

    private final List<Push> pushes = new ArrayList<>();
    private final Map<ResourceKind, Map<UUID, Long>> held = new EnumMap<>(ResourceKind.class);
    private boolean failsNext;

    RecordingWorker() {
        for (var kind : ResourceKind.values()) {
            held.put(kind, new HashMap<>());
        }
    }

    void forget() {
        pushes.clear();
    }

    void failNext() {
        failsNext = true;
    }

    /** Makes it hold this generation; null: nothing. */
    void hold(ResourceKind kind, UUID id, @Nullable Long generation) {
        if (generation == null) {
            of(kind).remove(id);
        } else {
            of(kind).put(id, generation);
        }
    }

    List<Push> pushesOf(UUID... ids) {
        var wanted = Set.of(ids);
        return pushes.stream().filter(push -> wanted.contains(push.id())).toList();
    }

    @Override
    public String workerId() {
        return "recording";
    }

    @Override
    public ApplyOutcome push(Push push) {
        if (failsNext) {
            failsNext = false;
            throw new IllegalStateException("The worker is closed");
        }
        pushes.add(push);
        switch (push) {
            case Push.Put put -> of(put.kind()).put(put.id(), put.generation());
            case Push.Remove remove -> of(remove.kind()).remove(remove.id());
            case Push.Withdraw withdraw -> of(withdraw.kind()).remove(withdraw.id());
        }
        return new ApplyOutcome.Applied(push.generation(), List.of());
    }

    @Override
    public Map<UUID, Long> held(ResourceKind kind) {
        return Map.copyOf(of(kind));
    }

    @Override
    public void reportObserved() {}

    private Map<UUID, Long> of(ResourceKind kind) {
        return Objects.requireNonNull(held.get(kind));
    }
}
