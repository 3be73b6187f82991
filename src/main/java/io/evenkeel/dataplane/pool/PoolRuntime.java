package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.balancing.Candidate;
import io.evenkeel.dataplane.balancing.Picker;
import io.evenkeel.dataplane.balancing.PickerFactory;
import io.evenkeel.dataplane.balancing.Shares;
import io.evenkeel.dataplane.pool.eligible.Arrivals;
import io.evenkeel.dataplane.pool.eligible.Eligibility;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.PoolProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool at work. Picks and releases happen on the loops, {@link #update} and {@link #close} on a control thread, the
 * counts are read from anywhere.
 */
public final class PoolRuntime implements MemberPool {

    private final UUID poolId;
    private final List<EventLoop> loops;
    private final Optional<String> zone;
    private final LongSupplier nanoTime;
    private final PickerFactory pickers;

    /** Volatile: a loop that sees a snapshot sees all that was built before it was set, pickers included. */
    private volatile PoolSnapshot snapshot;

    private volatile boolean speaksTls;
    private volatile Optional<StandIn> standIn = Optional.empty();

    private volatile boolean speaksHttp2;
    private Arrivals<MemberRuntime> arrivals = Arrivals.none();
    private Optional<Duration> drainTimeout = Optional.empty();
    private Map<UUID, Drain> drains = Map.of();
    private boolean isClosed;

    /** @param loops by their index */
    public PoolRuntime(UUID poolId, List<EventLoop> loops) {
        this(poolId, loops, Optional.empty(), System::nanoTime);
    }

    /**
     * @param loops by their index
     * @param zone where they run
     * @param nanoTime a clock that the loops have as well
     */
    public PoolRuntime(UUID poolId, List<EventLoop> loops, Optional<String> zone, LongSupplier nanoTime) {
        this.poolId = poolId;
        this.loops = List.copyOf(loops);
        this.zone = zone;
        this.nanoTime = nanoTime;
        this.pickers = new PickerFactory(loops.size(), System.nanoTime() ^ poolId.hashCode());
        this.snapshot = nobody();
    }

    @Override
    public UUID id() {
        return poolId;
    }

    @Override
    public boolean speaksTls() {
        return speaksTls;
    }

    @Override
    public boolean speaksHttp2() {
        return speaksHttp2;
    }

    /**
     * Takes a new desired state, a new state of health, another moment, or all of them. {@link Eligibility} says who
     * takes new traffic. Pickers are built here, off the loops; those of a state that picks the same are kept. When it
     * throws, nothing has changed.
     *
     * @param health by member id; asked once per member, on this thread
     * @throws IllegalArgumentException when the algorithm is not served or an address is no literal
     * @throws IllegalStateException after {@link #close}
     */
    public synchronized void update(DesiredPool desired, Function<UUID, Health> health) {
        if (isClosed) {
            throw new IllegalStateException("pool " + poolId + " is closed");
        }
        long now = nanoTime.getAsLong();
        var chosen = Eligibility.of(desired, health, zone);
        var transition = Transition.to(desired, chosen, snapshot, arrivals, loops, now);
        var next = snapshotOf(snapshot, desired.algorithm(), transition.candidates(), transition.members());
        arrivals = transition.arrivals();
        drains = Map.copyOf(transition.drains());
        drainTimeout = desired.presence().drainTimeout();
        standIn = chosen.standIn();
        speaksTls = speaksTls(desired.protocol());
        speaksHttp2 = desired.protocol() == PoolProtocol.GRPC;
        swap(next, transition.changes());
    }

    /** Whether {@link #update} is to be called from time to time: somebody is eased in, or leaves to a limit. */
    public synchronized boolean isAnyTimeRunning() {
        return !isClosed && (arrivals.isAnyNew() || !drains.isEmpty());
    }

    /** Of the members that leave to a limit; as it was at the last {@link #update}. */
    public synchronized Map<UUID, Drain> drains() {
        return drains;
    }

    /** Why others take traffic than those who are there for it; empty when nobody has to. From any thread. */
    public Optional<StandIn> standIn() {
        return standIn;
    }

    private static boolean speaksTls(PoolProtocol protocol) {
        return switch (protocol) {
            case TLS, HTTPS -> true;
            case TCP, UDP, QUIC, HTTP, GRPC -> false;
        };
    }

    private PoolSnapshot snapshotOf(
            PoolSnapshot before, Algorithm algorithm, List<Candidate> candidates, List<MemberRuntime> members) {
        if (before.picksLike(algorithm, candidates)) {
            return new PoolSnapshot(algorithm, candidates, members, before.pickers(), before.shares());
        }
        var next = pickers.build(algorithm, candidates);
        return new PoolSnapshot(algorithm, candidates, members, next, new Shares(algorithm, candidates));
    }

    private void swap(PoolSnapshot next, List<Transition.Change> changes) {
        for (int i = 0; i < next.members().size(); i++) {
            next.member(i).index(i);
        }
        changes.forEach(change -> change.member().stand(change.next()));
        snapshot = next;
        tellLoops(changes);
    }

    private void tellLoops(List<Transition.Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (var loop : loops) {
            int index = loop.index();
            loop.execute(() -> changes.forEach(change -> change.member().become(index, change.next())));
        }
    }

    /** The pool was removed: nothing is picked any more, sessions live on, to their limit. A second call does nothing. */
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            swap(nobody(), Transition.away(snapshot, drainTimeout, nanoTime.getAsLong()));
        }
    }

    private PoolSnapshot nobody() {
        var none = pickers.build(Algorithm.ROUND_ROBIN, List.of());
        var shares = new Shares(Algorithm.ROUND_ROBIN, List.of());
        return new PoolSnapshot(Algorithm.ROUND_ROBIN, List.of(), List.of(), none, shares);
    }

    @Override
    public Shares shares() {
        return snapshot.shares();
    }

    @Override
    public @Nullable Member pick(int loop, long clientKey) {
        var current = snapshot;
        var picker = current.picker(loop);
        return take(loop, current, picker, picker.pick(clientKey));
    }

    @Override
    public @Nullable Member pickOther(int loop, long clientKey, List<Member> failed) {
        var current = snapshot;
        var picker = current.picker(loop);
        int[] indexes = new int[failed.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = current.indexOf((MemberRuntime) failed.get(i));
        }
        return take(loop, current, picker, picker.pickOther(clientKey, indexes));
    }

    private static @Nullable Member take(int loop, PoolSnapshot current, Picker picker, int picked) {
        if (picked == Picker.NONE) {
            return null;
        }
        var member = current.member(picked);
        member.countPick(loop);
        picker.activeChanged(picked);
        return member;
    }

    @Override
    public void release(int loop, Member member) {
        var released = (MemberRuntime) member;
        released.countRelease();
        var current = snapshot;
        int index = current.indexOf(released);
        if (index != Picker.NONE) {
            current.picker(loop).activeChanged(index);
        }
    }

    /** Requests or connections under way at this member, over all loops; 0 for one that is not in the pool. */
    public int activeCount(UUID memberId) {
        var member = snapshot.find(memberId);
        return member == null ? 0 : member.active().get();
    }

    /** How often this member was picked since it joined under its address; 0 for one that is not in the pool. */
    public long pickedCount(UUID memberId) {
        var member = snapshot.find(memberId);
        return member == null ? 0 : member.picked();
    }
}
