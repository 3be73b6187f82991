package io.evenkeel.dataplane.tcp;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.transport.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands out its members in turn and keeps the books: picks, releases, attachments, and what was done wrongly. */
final class FakePool implements MemberPool {

    static final UUID POOL = UUID.fromString("0197a000-0000-7000-8000-000000000009");

    final List<FakeMember> members = new CopyOnWriteArrayList<>();
    final AtomicInteger picks = new AtomicInteger();
    final AtomicInteger releases = new AtomicInteger();
    final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<EventLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    FakePool(List<EventLoop> loops) {
        this.loops = loops;
    }

    FakeMember add(InetSocketAddress address) {
        var member = new FakeMember(UUID.randomUUID(), address);
        members.add(member);
        return member;
    }

    boolean isBalanced() {
        return picks.get() == releases.get() && members.stream().allMatch(member -> member.attached.isEmpty());
    }

    @Override
    public UUID id() {
        return POOL;
    }

    @Override
    public @Nullable Member pick(int loop, long clientKey) {
        check(loop);
        if (members.isEmpty()) {
            return null;
        }
        return picked(members.get(Math.floorMod(next.getAndIncrement(), members.size())));
    }

    @Override
    public @Nullable Member pickOther(int loop, long clientKey, List<Member> failed) {
        check(loop);
        for (var member : members) {
            if (!failed.contains(member)) {
                return picked(member);
            }
        }
        return null;
    }

    @Override
    public void release(int loop, Member member) {
        check(loop);
        releases.incrementAndGet();
        if (((FakeMember) member).active.decrementAndGet() < 0) {
            errors.add("released more often than picked");
        }
    }

    private Member picked(FakeMember member) {
        picks.incrementAndGet();
        member.active.incrementAndGet();
        return member;
    }

    private void check(int loop) {
        if (!loops.get(loop).isCurrentThread()) {
            errors.add("called off the loop");
        }
    }

    /** A member at an address of the test's choice. */
    final class FakeMember implements Member {

        final AtomicInteger active = new AtomicInteger();
        final Map<Attachment, Integer> attached = new ConcurrentHashMap<>();
        private final UUID id;
        private final InetSocketAddress address;

        private FakeMember(UUID id, InetSocketAddress address) {
            this.id = id;
            this.address = address;
        }

        void leave() {
            Set.copyOf(attached.entrySet()).forEach(entry -> on(entry, Attachment::onMemberLeft));
        }

        void cut() {
            Set.copyOf(attached.entrySet()).forEach(entry -> on(entry, Attachment::cut));
        }

        private void on(Map.Entry<Attachment, Integer> entry, Consumer<Attachment> call) {
            loops.get(entry.getValue()).execute(() -> {
                if (attached.containsKey(entry.getKey())) {
                    call.accept(entry.getKey());
                }
            });
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
            return true;
        }

        @Override
        public void attach(int loop, Attachment connection) {
            check(loop);
            if (attached.put(connection, loop) != null) {
                errors.add("attached twice");
            }
        }

        @Override
        public void detach(int loop, Attachment connection) {
            check(loop);
            if (attached.remove(connection) == null) {
                errors.add("detached without being attached");
            }
        }
    }
}
