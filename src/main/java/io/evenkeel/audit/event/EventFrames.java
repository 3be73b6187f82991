package io.evenkeel.audit.event;

import io.evenkeel.audit.event.position.Position;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a stream says, in the format of server-sent events (WHATWG HTML, section 9.2). Each part carries the id from
 * which a client that lost its stream goes on; clients take it over from parts without data as well.
 */
@Component
class EventFrames {

    /** Milliseconds after which a client that lost its stream comes again. */
    private static final int RETRY_MILLIS = 1000;

    private static final String RESET = "This position is not one of the database as it is now, which was restored or"
            + " has failed over. The stream goes on from now; list the events to see all that there are.";

    private final JsonMapper json;

    EventFrames(JsonMapper json) {
        this.json = json;
    }

    String begin(Position position) {
        return "retry: " + RETRY_MILLIS + "\n" + id(position) + "\n";
    }

    String of(EventResponse event, Position position) {
        return id(position) + "data: " + json.writeValueAsString(event) + "\n\n";
    }

    /** Nothing happened, and the client has seen all up to here. */
    String heartbeat(Position position) {
        return ":\n" + id(position) + "\n";
    }

    /** The client may have missed events. */
    String reset(Position position) {
        return "event: reset\n" + id(position) + "data: " + json.writeValueAsString(Map.of("message", RESET)) + "\n\n";
    }

    private static String id(Position position) {
        return "id: " + position.text() + "\n";
    }
}
