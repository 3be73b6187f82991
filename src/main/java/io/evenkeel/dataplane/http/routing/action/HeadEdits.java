package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.memory.Bytes;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import java.util.List;

/** What a policy changes in the head of a request on its way to a member. Valid within the call it was made for. */
public final class HeadEdits {

    private static final int MAX_BYTES = 48 * 1024;

    private final Bytes target = new Bytes();
    private final Bytes host = new Bytes();
    private final Bytes lines = new Bytes();
    private List<byte[]> dropped = List.of();

    void clear() {
        target.clear();
        host.clear();
        lines.clear();
        dropped = List.of();
    }

    void drop(List<byte[]> lowerCaseNames) {
        dropped = lowerCaseNames;
    }

    void check() throws RefusedException {
        if (size() > MAX_BYTES) {
            throw new RefusedException(431, "head too large after a policy's changes");
        }
    }

    /** By how many bytes a head grows at most. */
    public int size() {
        return target.size() + host.size() + lines.size();
    }

    /** In place of the request's target; empty where that stays. */
    public Bytes target() {
        return target;
    }

    /** In place of the request's host; empty where that stays. */
    public Bytes host() {
        return host;
    }

    /** Whole lines to be added. */
    public Bytes lines() {
        return lines;
    }

    /** Takes out what is not to go on. */
    public void apply(RequestHead head) {
        for (int i = 0; i < dropped.size(); i++) {
            head.dropHoweverSpelt(dropped.get(i));
        }
    }
}
