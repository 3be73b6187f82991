package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.MessageBody;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.rewrite.HeadWriter;
import io.evenkeel.dataplane.http.rewrite.InsertedFields;
import io.evenkeel.dataplane.http.routing.action.HeadEdits;
import io.evenkeel.dataplane.transport.Connection;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request to the member as it comes. While it fits into one block all of it is kept until the member's first
 * byte, for the time of connecting and to send it again. Reused from request to request.
 */
final class RequestRelay {

    private final LoopContext context;
    private final MemberRoute route;
    private final MessageBody body = new MessageBody();
    private @Nullable Block kept;
    private boolean isIdempotent;
    private boolean awaitsContinue;

    RequestRelay(LoopContext context, MemberRoute route) {
        this.context = context;
        this.route = route;
    }

    void begin(RequestHead head) {
        isIdempotent = head.isIdempotent();
        awaitsContinue = head.expectsContinue();
        body.begin(head.bodyKind(), head.contentLength());
    }

    /** Takes the head as it goes on; nothing is sent before {@link #sendKept}. */
    void keepHead(RequestHead head, InsertedFields inserted, InsertedFields.Client client, HeadEdits edits) {
        kept = context.blocks().take(head.size() + HeadWriter.MAX_GROWTH + edits.size());
        HeadWriter.request(head, inserted, client, edits, kept);
    }

    /** A connection to the member stands: everything so far goes out. */
    void sendKept(Connection member) {
        if (kept != null) {
            member.write(kept.filled());
        }
    }

    void dropKept() {
        context.blocks().give(kept);
        kept = null;
    }

    boolean isDone() {
        return body.isDone();
    }

    /** Whether all that was sent is still here. */
    boolean isKept() {
        return kept != null;
    }

    /** Whether all that was sent is still here and harmless to send twice. */
    boolean isRepeatable() {
        return isIdempotent && kept != null;
    }

    /** Whether the client has done what it can for now. */
    boolean isMembersTurn() {
        return body.isDone() || awaitsContinue || room() == 0;
    }

    void onInterimResponse() {
        awaitsContinue = false;
    }

    /** Uses bytes of the body; returns the index after the last used one. */
    int relay(MemorySegment bytes, int from, int to) throws RefusedException {
        int room = body.isDone() ? 0 : room();
        if (room == 0) {
            return from;
        }
        int end = body.read(bytes, from, to - from < room ? to : from + room);
        awaitsContinue = false;
        if (!body.goesOn()) {
            return end;
        }
        keep(bytes, from, end);
        var member = route.socket();
        if (member != null) {
            member.write(bytes.asSlice(from, end - from));
        }
        return end;
    }

    private void keep(MemorySegment bytes, int from, int to) {
        if (kept == null) {
            return;
        }
        if (kept.room() >= to - from) {
            kept.append(bytes, from, to);
        } else {
            dropKept();
        }
    }

    private int room() {
        var member = route.socket();
        if (member != null) {
            return member.isWritable() ? Integer.MAX_VALUE : 0;
        }
        return kept == null ? 0 : kept.room();
    }
}
