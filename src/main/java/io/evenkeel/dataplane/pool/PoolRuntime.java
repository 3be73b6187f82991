package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.balancing.Candidate;
import io.evenkeel.dataplane.balancing.Picker;
import io.evenkeel.dataplane.balancing.PickerFactory;
import io.evenkeel.dataplane.balancing.Shares;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.PoolProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A pool at work. Picks and releases happen on the loops, {@link #update} and {@link #close} on a control thread, the
 * counts are read from anywhere.
 */
public final class PoolRuntime implements MemberPool {

    private final UUID poolId;
    private final List<EventLoop> loops;
    private final PickerFactory pickers;

    /** Volatile: a loop that sees a snapshot sees all that was built before it was set, pickers included. */
    private volatile PoolSnapshot snapshot;

    private volatile boolean speaksTls;

    private volatile boolean speaksHttp2;

    private boolean isClosed;

    /** @param loops by their index */
    public PoolRuntime(UUID poolId, List<EventLoop> loops) {
        this.poolId = poolId;
        this.loops = List.copyOf(loops);
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
     * Takes a new desired state, a new availability, or both. A member takes new traffic when the pool is enabled, its
     * server active, its weight above 0 and it is available. Pickers are built here, off the loops; those of a
     * state that picks the same are kept. When it throws, nothing has changed.
     *
     * @param isAvailable by member id: healthy, or in no need of a check; asked once per member, on this thread
     * @throws IllegalArgumentException when the algorithm is not served or an address is no literal
     * @throws IllegalStateException after {@link #close}
     */
    public synchronized void update(DesiredPool desired, Predicate<UUID> isAvailable) {
        if (isClosed) {
            throw new IllegalStateException("pool " + poolId + " is closed");
        }
        speaksTls = switch (desired.protocol()) {
            case TLS, HTTPS -> true;
            case TCP, UDP, QUIC, HTTP, GRPC -> false;
        };
        speaksHttp2 = desired.protocol() == PoolProtocol.GRPC;
        var before = snapshot;
        var members = new ArrayList<MemberRuntime>();
        var candidates = new ArrayList<Candidate>();
        var changes = new ArrayList<Change>();
        for (var wanted : desired.members()) {
            boolean mayTake = desired.isEnabled() && wanted.isServerActive() && isAvailable.test(wanted.id());
            var standing = standingOf(wanted, mayTake);
            var member = carriedOverOrNew(before, wanted, standing);
            members.add(member);
            candidates.add(new Candidate(wanted.id(), wanted.weight(), mayTake, member.active()));
            changes.add(new Change(member, standing));
        }
        var next = snapshotOf(before, desired.algorithm(), List.copyOf(candidates), members);
        swap(next, changes);
    }

    private static Standing standingOf(DesiredMember wanted, boolean mayTake) {
        if (!wanted.isServerActive()) {
            return Standing.CUT;
        }
        return mayTake && wanted.weight() > 0 ? Standing.TAKES_NEW : Standing.LEFT;
    }

    private MemberRuntime carriedOverOrNew(PoolSnapshot before, DesiredMember wanted, Standing standing) {
        var known = before.find(wanted.id());
        if (known != null && known.address().equals(MemberRuntime.addressOf(wanted))) {
            return known;
        }
        return new MemberRuntime(wanted, standing, loops);
    }

    private PoolSnapshot snapshotOf(
            PoolSnapshot before, Algorithm algorithm, List<Candidate> candidates, List<MemberRuntime> members) {
        if (before.picksLike(algorithm, candidates)) {
            return new PoolSnapshot(algorithm, candidates, members, before.pickers(), before.shares());
        }
        var next = pickers.build(algorithm, candidates);
        return new PoolSnapshot(algorithm, candidates, members, next, new Shares(algorithm, candidates));
    }

    private void swap(PoolSnapshot next, List<Change> standings) {
        var changes = new ArrayList<Change>();
        for (var member : snapshot.members()) {
            var successor = next.find(member.id());
            if (successor != member) {
                boolean isStopped = successor != null && successor.standing() == Standing.CUT;
                changes.add(new Change(member, isStopped ? Standing.CUT : Standing.LEFT));
            }
        }
        changes.addAll(standings);
        changes.removeIf(change -> change.member.standing() == change.next);
        for (int i = 0; i < next.members().size(); i++) {
            next.member(i).index(i);
        }
        changes.forEach(change -> change.member.stand(change.next));
        snapshot = next;
        tellLoops(List.copyOf(changes));
    }

    private void tellLoops(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (var loop : loops) {
            int index = loop.index();
            loop.execute(() -> changes.forEach(change -> change.member.become(index, change.next)));
        }
    }

    /** The pool was removed: nothing is picked any more, sessions live on. A second call does nothing. */
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            swap(nobody(), List.of());
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

    private record Change(MemberRuntime member, Standing next) {}
}
