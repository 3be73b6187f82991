package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.MessageHead;
import io.evenkeel.dataplane.http.message.ResponseHead;
import org.jspecify.annotations.Nullable;

/** A response on its way to a client. */
final class ResponseOut extends MessageOut {

    private final Lane lane;
    private @Nullable ResponseHead head;
    private boolean answersHead;

    ResponseOut(Lane lane, Outbox outbox) {
        super(lane, outbox);
        this.lane = lane;
    }

    void begin(boolean answersHead) {
        this.answersHead = answersHead;
        begin();
    }

    @Override
    MessageHead head() {
        if (head == null) {
            head = new ResponseHead(lane.session().blocks());
        }
        return head;
    }

    @Override
    void head(MessageHead complete) {
        var response = (ResponseHead) complete;
        var kind = response.bodyKind(answersHead);
        boolean isLast = !response.isInterim();
        var out = lane.session().scratch().fields();
        var encoder = lane.session().encoder();
        encoder.begin(out);
        encoder.status(response.status(), out);
        response.drop(KnownField.TRANSFER_ENCODING);
        response.forEachField(
                (bytes, nameStart, nameEnd, start, end) -> encoder.field(bytes, nameStart, nameEnd, start, end, out));
        lane.session().frames().headers(lane.streamId(), out, isLast && isEmpty(kind));
        if (isLast) {
            start(kind, response.contentLength());
        }
    }

    @Override
    void endHead() {
        if (head != null) {
            head.clear();
        }
    }
}
