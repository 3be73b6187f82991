package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.balancing.Picker;
import io.evenkeel.dataplane.balancing.PickerFactory;
import io.evenkeel.dataplane.balancing.Shares;
import io.evenkeel.dataplane.pool.eligible.Arrivals;
import io.evenkeel.dataplane.pool.eligible.Eligibility;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.dataplane.stickiness.ClientTable;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.PoolProtocol;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final InstantSource clock;
    private final PickerFactory pickers;
    private final RetryBudget retries = new RetryBudget();

    /** Volatile: a loop that sees a snapshot sees all that was built before it was set, pickers included. */
    private volatile PoolSnapshot snapshot;

    private volatile boolean speaksTls;
    private volatile Optional<StandIn> standIn = Optional.empty();

    private volatile boolean speaksHttp2;
    private Arrivals<MemberRuntime> arrivals = Arrivals.none();
    private Optional<Duration> drainTimeout = Optional.empty();
    private Map<UUID, Drain> drains = Map.of();
    private long lastPlace;
    private boolean isClosed;

    /** @param loops by their index */
    public PoolRuntime(UUID poolId, List<EventLoop> loops) {
        this(poolId, loops, InstantSource.system());
    }

    /** @param clock tells how long clients were not seen */
    public PoolRuntime(UUID poolId, List<EventLoop> loops, InstantSource clock) {
        this(poolId, loops, Optional.empty(), System::nanoTime, clock);
    }

    /** Whose clients are known by the time of the system. */
    PoolRuntime(UUID poolId, List<EventLoop> loops, Optional<String> zone, LongSupplier nanoTime) {
        this(poolId, loops, zone, nanoTime, InstantSource.system());
    }

    /**
     * @param loops by their index
     * @param zone where they run
     * @param nanoTime a clock that the loops have as well
     * @param clock tells how long clients were not seen
     */
    public PoolRuntime(
            UUID poolId, List<EventLoop> loops, Optional<String> zone, LongSupplier nanoTime, InstantSource clock) {
        this.clock = clock;
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
    public long generation() {
        return snapshot.generation();
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
        givePlaces(transition.members());
        var keeping = snapshot.keeping().next(desired, clock, transition.members());
        var next = snapshotOf(snapshot, desired, transition, chosen.present(), keeping);
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

    /** In turn, so that a place is given again as late as possible. */
    private void givePlaces(List<MemberRuntime> members) {
        for (var member : members) {
            while (member.place() == 0) {
                int place = (int) (lastPlace++ % ClientTable.MAX_PLACE) + 1;
                boolean mayBeTaken = lastPlace > ClientTable.MAX_PLACE;
                member.place(mayBeTaken && snapshot.hasPlace(place) ? 0 : place);
            }
        }
    }

    private PoolSnapshot snapshotOf(
            PoolSnapshot before, DesiredPool desired, Transition transition, Set<UUID> present, Keeping keeping) {
        var algorithm = desired.algorithm();
        var candidates = transition.candidates();
        boolean picksLike = before.picksLike(algorithm, candidates);
        var next = picksLike ? before.pickers() : pickers.build(algorithm, candidates);
        var shares = picksLike && before.shares().isOf(present)
                ? before.shares()
                : new Shares(algorithm, candidates, present);
        return new PoolSnapshot(
                desired.generation(), algorithm, candidates, transition.members(), next, shares, keeping);
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
        var shares = new Shares(Algorithm.ROUND_ROBIN, List.of(), Set.of());
        return new PoolSnapshot(0, Algorithm.ROUND_ROBIN, List.of(), List.of(), none, shares, Keeping.NOBODY);
    }

    @Override
    public boolean isServing() {
        return snapshot.isServing();
    }

    @Override
    public Shares shares() {
        return snapshot.shares();
    }

    @Override
    public @Nullable Member pick(int loop, long clientKey) {
        var current = snapshot;
        var picker = current.picker(loop);
        var picked = take(loop, current, picker, picker.pick(clientKey));
        var sources = current.keeping().sources();
        return sources == null || picked == null ? picked : lead(loop, current, sources, clientKey, picked);
    }

    /** Another loop may have led the client somewhere at the same time: then it goes there. */
    private MemberRuntime lead(
            int loop, PoolSnapshot current, SourceStickiness sources, long clientKey, MemberRuntime picked) {
        var held = sources.find(clientKey);
        var lost = held != null && !current.keepsClients(held) ? held : null;
        var leads = sources.lead(clientKey, lost, picked);
        var again = isSame(leads, picked) ? null : pickAgain(loop, current, leads);
        if (again == null) {
            return picked;
        }
        release(loop, picked);
        return again;
    }

    // A member is one object for as long as it has its address.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(MemberRuntime one, MemberRuntime other) {
        return one == other;
    }

    @Override
    public @Nullable Member pickKept(int loop, long clientKey) {
        var current = snapshot;
        var sources = current.keeping().sources();
        if (sources == null) {
            return null;
        }
        var kept = pickAgain(loop, current, sources.find(clientKey));
        // The time of a member that takes nobody new runs out, even for who comes again and again.
        if (kept != null && kept.takesNew(loop)) {
            sources.see(clientKey, kept);
        }
        return kept;
    }

    @Override
    public @Nullable CookieStickiness cookies() {
        return snapshot.keeping().cookies();
    }

    @Override
    public @Nullable Member pickAgain(int loop, Member known) {
        return pickAgain(loop, snapshot, (MemberRuntime) known);
    }

    private static @Nullable MemberRuntime pickAgain(int loop, PoolSnapshot current, @Nullable MemberRuntime known) {
        return known == null || !current.keepsClients(known)
                ? null
                : take(loop, current, current.picker(loop), current.indexOf(known));
    }

    @Override
    public @Nullable Member pickOther(int loop, long clientKey, List<Member> failed) {
        var current = snapshot;
        var picker = current.picker(loop);
        int[] indexes = new int[failed.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = current.indexOf((MemberRuntime) failed.get(i));
        }
        var other = take(loop, current, picker, picker.pickOther(clientKey, indexes));
        var sources = current.keeping().sources();
        if (sources != null && other != null) {
            sources.move(clientKey, other);
        }
        return other;
    }

    private static @Nullable MemberRuntime take(int loop, PoolSnapshot current, Picker picker, int picked) {
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

    @Override
    public void release(int loop, Member member, long clientKey) {
        release(loop, member);
        var sources = snapshot.keeping().sources();
        if (sources != null && member.takesNew(loop)) {
            sources.see(clientKey, (MemberRuntime) member);
        }
    }

    @Override
    public boolean beginRetry() {
        return retries.take(snapshot.activeCount());
    }

    @Override
    public void endRetry() {
        retries.give();
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
