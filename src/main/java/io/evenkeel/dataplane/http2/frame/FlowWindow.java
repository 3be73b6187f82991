package io.evenkeel.dataplane.http2.frame;

/** How much may be sent: RFC 9113 §6.9. Below zero after the peer made it smaller. */
public final class FlowWindow {

    /** Of a connection, and of a stream unless the peer's settings say otherwise. */
    public static final int INITIAL = 65_535;

    public static final int MAX = Integer.MAX_VALUE;

    private long size;

    public FlowWindow(int size) {
        this.size = size;
    }

    /** Bytes; 0 when none may be sent. */
    public int available() {
        return (int) Math.max(size, 0);
    }

    public void take(int bytes) {
        size -= bytes;
    }

    public void set(int bytes) {
        size = bytes;
    }

    /** False when it becomes larger than may be, which the peer must not do. */
    public boolean enlarge(long bytes) {
        size += bytes;
        return size <= MAX;
    }
}
