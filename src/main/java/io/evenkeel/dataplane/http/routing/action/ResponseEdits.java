package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.message.ResponseHead;
import java.util.List;

/** What a policy changes in the head of a member's response. Immutable. */
public final class ResponseEdits {

    private final List<byte[]> dropped;
    private final byte[] lines;

    ResponseEdits(List<byte[]> dropped, byte[] lines) {
        this.dropped = dropped;
        this.lines = lines;
    }

    /** Takes out what is not to go on. */
    public void apply(ResponseHead head) {
        for (int i = 0; i < dropped.size(); i++) {
            head.dropHoweverSpelt(dropped.get(i));
        }
    }

    /** Whole lines to be added; not to be written to. */
    public byte[] lines() {
        return lines;
    }
}
