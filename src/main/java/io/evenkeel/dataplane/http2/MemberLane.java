package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http2.text.ResponseText;
import java.lang.foreign.MemorySegment;

/** A request to a member, and the next one. */
final class MemberLane extends Lane {

    private final MemberSession session;
    private final RequestOut request;
    private boolean isHeadRequest;
    private boolean hasHead;

    MemberLane(MemberSession session) {
        super(session);
        this.session = session;
        this.request = new RequestOut(this, outbox());
    }

    @Override
    MessageOut message() {
        return request;
    }

    @Override
    public void write(MemorySegment bytes) {
        if (message().isDone()) {
            // The next request may come from within what the end of the last answer did.
            settle();
            message().begin();
        }
        super.write(bytes);
    }

    /** A request goes out. */
    void open(boolean isHead) {
        isHeadRequest = isHead;
        hasHead = false;
        begin(session.nextStreamId());
        session.streams().add(this);
    }

    boolean isHeadRequest() {
        return isHeadRequest;
    }

    /** Whether the last head of the response came. */
    boolean hasHead() {
        return hasHead;
    }

    void head(ResponseText text, boolean isEnd) {
        hasHead = !text.isInterim();
        boolean isBodiless = text.isInterim() || text.isBodiless(isHeadRequest);
        long length = text.isBodiless(isHeadRequest) ? 0 : text.contentLength();
        inbox().head(text.text(), isEnd, length, !isEnd && !isBodiless && length < 0);
    }
}
