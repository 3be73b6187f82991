package io.evenkeel.dataplane.transport.epoll.pipe;

import io.evenkeel.dataplane.transport.epoll.linux.PipeCalls;

/** A pipe between two sockets: bytes pass as references to the kernel's own buffers, not as copies. */
public final class Pipe {

    private final PipeCalls calls;
    private final int readEnd;
    private final int writeEnd;
    private final int capacity;
    private long held;

    Pipe(PipeCalls calls, int readEnd, int writeEnd, int capacity) {
        this.calls = calls;
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
        this.capacity = capacity;
    }

    /** How many bytes are in it. */
    public long held() {
        return held;
    }

    /**
     * Takes what the socket has received. To be called when the pipe is empty: one that is full answers as a socket does
     * that has nothing.
     *
     * @return how much came; 0 at the end; the negated errno
     */
    public long fillFrom(int socket, long atMost) {
        long count = calls.splice(socket, writeEnd, Math.min(atMost, capacity));
        held += Math.max(count, 0);
        return count;
    }

    /** Sends what it holds; returns how much went, or the negated errno. */
    public long drainTo(int socket) {
        long count = calls.splice(readEnd, socket, held);
        held -= Math.max(count, 0);
        return count;
    }

    int readEnd() {
        return readEnd;
    }

    int writeEnd() {
        return writeEnd;
    }
}
