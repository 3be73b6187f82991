package io.evenkeel.dataplane.http2;

/** A client's request, and the next one. */
final class ServerLane extends Lane {

    private final ResponseOut response;

    ServerLane(Session session) {
        super(session);
        this.response = new ResponseOut(this, outbox());
    }

    @Override
    MessageOut message() {
        return response;
    }

    void begin(int streamId, boolean isHeadRequest) {
        begin(streamId);
        response.begin(isHeadRequest);
    }
}
