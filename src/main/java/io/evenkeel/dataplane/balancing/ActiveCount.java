package io.evenkeel.dataplane.balancing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** How many requests or connections a member has under way, counted by all loops. Safe for any thread. */
public final class ActiveCount {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(ActiveCount.class, "value", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // written through VALUE
    private int value;

    // Keeps the values of two counters on different cache lines.
    long pad1;
    long pad2;
    long pad3;
    long pad4;
    long pad5;
    long pad6;
    long pad7;

    public void increment() {
        VALUE.getAndAdd(this, 1);
    }

    public void decrement() {
        VALUE.getAndAdd(this, -1);
    }

    /** A recent value: other loops' changes show soon, this thread's own at once. */
    public int get() {
        return (int) VALUE.getOpaque(this);
    }
}
