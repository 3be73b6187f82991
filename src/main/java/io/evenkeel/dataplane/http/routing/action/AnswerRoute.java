package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.routing.limit.Limiter;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.desiredstate.routing.DesiredAction.Answer;
import java.util.Optional;
import java.util.UUID;

/** Answers the same to everyone. */
final class AnswerRoute implements Route {

    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;

    private final UUID policyId;
    private final int status;
    private final byte[] start;
    private final byte[] body;
    private final FieldChanges fields;
    private final Optional<Limiter> limit;

    AnswerRoute(UUID policyId, Answer action, Optional<Limiter> limit, Place place) {
        this.policyId = policyId;
        this.status = action.status();
        this.limit = limit;
        this.fields = new FieldChanges(action.fields(), place);
        // RFC 9110 §15.3.5, §15.3.6: these have no content.
        boolean isEmpty = status == NO_CONTENT || status == RESET_CONTENT;
        this.body = Text.bytes(isEmpty ? "" : action.body());
        this.start = Text.bytes(StatusLine.of(status)
                + (isEmpty || fields.drops("content-type") ? "" : "Content-Type: " + action.contentType() + "\r\n")
                + (status == NO_CONTENT ? "" : "Content-Length: " + body.length + "\r\n"));
    }

    @Override
    public UUID policyId() {
        return policyId;
    }

    @Override
    public void take(Decision request) throws RefusedException {
        if (request.isWithin(limit)) {
            var out = request.beginAnswer(status, body);
            out.append(start);
            fields.appendLines(request, out);
            request.checkAnswer();
        }
    }
}
