package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.balancing.ActiveCount;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.DesiredMember;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A member of one address. Under another address it is another runtime, and this one has left. */
final class MemberRuntime implements Member {

    private final UUID id;
    private final InetSocketAddress address;
    private final List<EventLoop> loops;
    private final ActiveCount active = new ActiveCount();
    /** By loop; made by that loop when it first has to do with this member. */
    private final AtomicReferenceArray<LoopSide> sides;

    private volatile Standing standing;

    /** Where the newest snapshot has this member. A loop on another snapshot may read it: it checks before use. */
    private int index;

    /** Set before anybody else sees the member. */
    private int place;

    /** @throws IllegalArgumentException when the address is not a literal */
    MemberRuntime(DesiredMember desired, Standing standing, List<EventLoop> loops) {
        this.id = desired.id();
        this.address = addressOf(desired);
        this.standing = standing;
        this.loops = loops;
        this.sides = new AtomicReferenceArray<>(loops.size());
    }

    static InetSocketAddress addressOf(DesiredMember desired) {
        return new InetSocketAddress(InetAddress.ofLiteral(desired.address()), desired.port());
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public boolean takesNew(int loop) {
        return standing == Standing.Plain.TAKES_NEW;
    }

    @Override
    public void attach(int loop, Attachment connection) {
        var side = side(loop);
        side.attach(connection);
        if (side.standing() != Standing.Plain.TAKES_NEW) {
            // It left between pick and attach. Told later, so that nobody is called back while attaching.
            loops.get(loop).execute(() -> side.tell(connection));
        }
    }

    @Override
    public void detach(int loop, Attachment connection) {
        side(loop).detach(connection);
    }

    void countPick(int loop) {
        active.increment();
        side(loop).countPick();
    }

    void countRelease() {
        active.decrement();
    }

    ActiveCount active() {
        return active;
    }

    long picked() {
        long sum = 0;
        for (int i = 0; i < sides.length(); i++) {
            var side = sides.get(i);
            sum += side == null ? 0 : side.picked();
        }
        return sum;
    }

    Standing standing() {
        return standing;
    }

    /** On the control thread; the loops hear by {@link #become}. */
    void stand(Standing next) {
        standing = next;
    }

    /** On the loop. Where nothing was attached or picked, there is nobody to tell. */
    void become(int loop, Standing next) {
        var side = sides.get(loop);
        if (side != null) {
            side.become(next);
        }
    }

    int index() {
        return index;
    }

    /** What stands for it in tables of clients, 1..65535; 0 as long as it has none. */
    int place() {
        return place;
    }

    void place(int newPlace) {
        place = newPlace;
    }

    void index(int newIndex) {
        index = newIndex;
    }

    private LoopSide side(int loop) {
        var side = sides.get(loop);
        if (side == null) {
            side = new LoopSide(loops.get(loop), standing);
            sides.set(loop, side);
        }
        return side;
    }
}
