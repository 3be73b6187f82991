package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A pool of listed members, taken in turn; counts picks and releases and refuses a release too many. */
final class ListedPool implements MemberPool {

    static final UUID POOL = UUID.fromString("0197a000-0000-7000-8000-000000000009");
    final AtomicInteger picks = new AtomicInteger();
    final AtomicInteger releases = new AtomicInteger();
    private final List<ListedMember> members = new ArrayList<>();
    private int next;

    ListedPool(InetSocketAddress... addresses) {
        for (var address : addresses) {
            members.add(new ListedMember(UUID.randomUUID(), address));
        }
    }

    ListedMember member(int index) {
        return members.get(index);
    }

    int outstanding() {
        return picks.get() - releases.get();
    }

    @Override
    public UUID id() {
        return POOL;
    }

    @Override
    public synchronized @Nullable Member pick(int loop, long clientKey) {
        for (int i = 0; i < members.size(); i++) {
            var candidate = members.get(next++ % members.size());
            if (candidate.takesNew(loop)) {
                candidate.outstanding.incrementAndGet();
                picks.incrementAndGet();
                return candidate;
            }
        }
        return null;
    }

    @Override
    public synchronized @Nullable Member pickOther(int loop, long clientKey, List<Member> failed) {
        for (var candidate : members) {
            if (!failed.contains(candidate) && candidate.takesNew(loop)) {
                candidate.outstanding.incrementAndGet();
                picks.incrementAndGet();
                return candidate;
            }
        }
        return null;
    }

    @Override
    public void release(int loop, Member member) {
        if (((ListedMember) member).outstanding.decrementAndGet() < 0) {
            throw new IllegalStateException("released more often than picked");
        }
        releases.incrementAndGet();
    }

    /** A member with its attachments; for one loop. */
    static final class ListedMember implements Member {

        final AtomicInteger outstanding = new AtomicInteger();
        final Set<Attachment> attachments = new LinkedHashSet<>();
        private final UUID id;
        private final InetSocketAddress address;
        private volatile boolean hasLeft;

        ListedMember(UUID id, InetSocketAddress address) {
            this.id = id;
            this.address = address;
        }

        /** To be called on the loop. */
        void leave() {
            hasLeft = true;
            attachments.forEach(Attachment::onMemberLeft);
        }

        /** To be called on the loop. */
        void cut() {
            hasLeft = true;
            attachments.forEach(Attachment::cut);
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
            return !hasLeft;
        }

        @Override
        public void attach(int loop, Attachment connection) {
            if (!attachments.add(connection)) {
                throw new IllegalStateException("attached twice");
            }
        }

        @Override
        public void detach(int loop, Attachment connection) {
            if (!attachments.remove(connection)) {
                throw new IllegalStateException("detached without being attached");
            }
        }
    }
}
