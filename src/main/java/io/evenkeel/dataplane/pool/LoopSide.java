package io.evenkeel.dataplane.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

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

    private final Set<Member.Attachment> attachments = Collections.newSetFromMap(new IdentityHashMap<>(4));
    private Standing standing;

    @SuppressWarnings("unused") // read and written through PICKED
    private long picked;

    // Keeps the counts of two loops on different cache lines.
    long pad1;
    long pad2;
    long pad3;
    long pad4;
    long pad5;

    LoopSide(Standing standing) {
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
    }

    void detach(Member.Attachment connection) {
        attachments.remove(connection);
    }

    void become(Standing next) {
        var before = standing;
        standing = next;
        boolean hasNews = next != before && (next == Standing.CUT || before == Standing.TAKES_NEW);
        if (!hasNews) {
            return;
        }
        // A copy: connections detach themselves, and others, while they hear of it.
        for (var connection : attachments.toArray(new Member.Attachment[0])) {
            tell(connection);
        }
    }

    /** Tells a connection where the member stands, if it is still attached. */
    void tell(Member.Attachment connection) {
        if (!attachments.contains(connection)) {
            return;
        }
        switch (standing) {
            case TAKES_NEW -> {}
            case LEFT -> connection.onMemberLeft();
            case CUT -> connection.cut();
        }
    }
}
