package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.MessageBody;
import io.evenkeel.dataplane.http.message.MessageHead;
import io.evenkeel.dataplane.http.message.RequestHead;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request on its way to a member; with it its stream begins. */
final class RequestOut extends MessageOut {

    private static final MemorySegment TE =
            Arena.global().allocateFrom(ValueLayout.JAVA_BYTE, "tetrailers".getBytes(StandardCharsets.US_ASCII));
    private static final int TE_NAME = 2;

    private final MemberLane lane;
    private @Nullable RequestHead head;

    RequestOut(MemberLane lane, Outbox outbox) {
        super(lane, outbox);
        this.lane = lane;
    }

    @Override
    MessageHead head() {
        if (head == null) {
            head = new RequestHead(lane.session().blocks());
        }
        return head;
    }

    @Override
    void head(MessageHead complete) {
        var request = (RequestHead) complete;
        lane.open(request.isHead());
        var out = lane.session().scratch().fields();
        var encoder = lane.session().encoder();
        encoder.begin(out);
        pseudoFields(request, out);
        request.drop(KnownField.HOST);
        request.drop(KnownField.TRANSFER_ENCODING);
        request.forEachField(
                (bytes, nameStart, nameEnd, start, end) -> encoder.field(bytes, nameStart, nameEnd, start, end, out));
        // Nobody else between us and the member says it: RFC 9110 §10.1.4.
        encoder.field(TE, 0, TE_NAME, TE_NAME, (int) TE.byteSize(), out);
        var kind = request.bodyKind();
        lane.session().frames().headers(lane.streamId(), out, isEmpty(kind));
        start(kind, kind == MessageBody.Kind.LENGTH ? request.contentLength() : 0);
    }

    private void pseudoFields(RequestHead request, Block out) {
        var encoder = lane.session().encoder();
        var line = request.asItCame();
        int methodEnd = indexOfSpace(line, 0);
        int targetEnd = indexOfSpace(line, methodEnd + 1);
        encoder.method(line, 0, methodEnd, out);
        encoder.scheme(lane.tls() != null, out);
        encoder.path(line, methodEnd + 1, targetEnd, out);
        var host = lane.session().scratch().host();
        if (request.appendValues(KnownField.HOST, host)) {
            encoder.authority(host.segment(), 0, host.size(), out);
        }
    }

    private static int indexOfSpace(MemorySegment line, int from) {
        int at = from;
        while (line.get(ValueLayout.JAVA_BYTE, at) != ' ') {
            at++;
        }
        return at;
    }

    @Override
    void endHead() {
        if (head != null) {
            head.clear();
        }
    }
}
