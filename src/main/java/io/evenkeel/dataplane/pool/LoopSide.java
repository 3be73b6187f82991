package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.transport.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one loop knows and counts of one member. Belongs to that loop, except for reading {@link #picked}. */
final class LoopSide {

    private static final VarHandle PICKED;

    static {
        try {
            PICKED = MethodHandles.lookup().findVarHandle(LoopSide.class, "picked", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EventLoop loop;
    private final Set<Member.Attachment> attachments = Collections.newSetFromMap(new IdentityHashMap<>(4));
    private Standing standing;
    /** Ends what is under way at a member that leaves; null while nothing is, or may go on as long as it likes. */
    private EventLoop.@Nullable Timer limit;

    @SuppressWarnings("unused") // read and written through PICKED
    private long picked;

    // Keeps the counts of two loops on different cache lines.
    long pad1;
    long pad2;
    long pad3;
    long pad4;
    long pad5;

    LoopSide(EventLoop loop, Standing standing) {
        this.loop = loop;
        this.standing = standing;
    }

    void countPick() {
        PICKED.setOpaque(this, (long) PICKED.getOpaque(this) + 1);
    }

    /** From any thread. */
    long picked() {
        return (long) PICKED.getOpaque(this);
    }

    Standing standing() {
        return standing;
    }

    void attach(Member.Attachment connection) {
        attachments.add(connection);
        if (limit == null) {
            startLimit();
        }
    }

    void detach(Member.Attachment connection) {
        attachments.remove(connection);
        if (limit != null && attachments.isEmpty()) {
            stopLimit();
        }
    }

    void become(Standing next) {
        var before = standing;
        standing = next;
        stopLimit();
        startLimit();
        boolean hasNews = !next.equals(before) && (next == Standing.Plain.CUT || before == Standing.Plain.TAKES_NEW);
        if (hasNews) {
            forEach(this::tell);
        }
    }

    /** Tells a connection where the member stands, if it is still attached. */
    void tell(Member.Attachment connection) {
        if (!attachments.contains(connection)) {
            return;
        }
        switch (standing) {
            case Standing.Plain.TAKES_NEW -> {}
            case Standing.Plain.RESERVE -> connection.onMemberLeft();
            case Standing.Leaving _ -> connection.onMemberLeft();
            case Standing.Plain.CUT -> connection.cut();
        }
    }

    private void startLimit() {
        if (standing instanceof Standing.Leaving leaving && !attachments.isEmpty()) {
            leaving.left(loop.nanoTime())
                    .ifPresent(left -> limit = loop.schedule(left.isNegative() ? Duration.ZERO : left, this::end));
        }
    }

    private void stopLimit() {
        if (limit != null) {
            limit.cancel();
            limit = null;
        }
    }

    private void end() {
        limit = null;
        forEach(connection -> {
            if (attachments.contains(connection)) {
                connection.cut();
            }
        });
    }

    /** Over a copy: connections detach themselves, and others, while they hear of it. */
    private void forEach(Consumer<Member.Attachment> action) {
        for (var connection : attachments.toArray(new Member.Attachment[0])) {
            action.accept(connection);
        }
    }
}
