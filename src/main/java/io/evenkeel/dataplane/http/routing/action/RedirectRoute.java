package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.memory.Bytes;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.desiredstate.routing.DesiredAction.Redirect;
import java.util.UUID;

/** Sends the client elsewhere. */
final class RedirectRoute implements Route {

    private static final byte[] LOCATION = Text.bytes("Location: ");
    private static final byte[] SCHEME_END = Text.bytes("://");
    private static final byte[] NO_BODY = {};

    private final UUID policyId;
    private final int status;
    private final byte[] start;
    private final Template protocol;
    private final Template host;
    private final Template port;
    private final Template path;
    private final Template query;
    private final FieldChanges fields;
    private final boolean hasLocation;

    RedirectRoute(UUID policyId, Redirect action, Place place) {
        this.policyId = policyId;
        status = action.status();
        protocol = new Template(action.protocol());
        host = new Template(action.host());
        port = new Template(action.port());
        path = new Template(action.path());
        query = new Template(action.query());
        fields = new FieldChanges(action.fields(), place);
        hasLocation = !fields.drops("location");
        start = Text.bytes(StatusLine.of(status) + "Content-Length: 0\r\n");
    }

    @Override
    public UUID policyId() {
        return policyId;
    }

    @Override
    public void take(Decision request) throws RefusedException {
        var out = request.beginAnswer(status, NO_BODY);
        out.append(start);
        if (hasLocation) {
            out.append(LOCATION);
            appendUrl(request, out);
            out.append(Text.LINE_END);
        }
        fields.appendLines(request, out);
        request.checkAnswer();
    }

    private void appendUrl(Decision request, Bytes out) {
        int schemeAt = out.size();
        protocol.append(request, out);
        boolean isSecure = out.at(out.size() - 1) == 's' && out.size() - schemeAt == "https".length();
        out.append(SCHEME_END);
        host.append(request, out);
        int portAt = out.size();
        out.append((byte) ':');
        port.append(request, out);
        if (isDefaultPort(out, portAt + 1, isSecure ? "443" : "80")) {
            out.truncate(portAt);
        }
        path.append(request, out);
        int pathEnd = out.size();
        out.append((byte) '?');
        query.append(request, out);
        if (out.size() == pathEnd + 1) {
            out.truncate(pathEnd);
        }
    }

    private static boolean isDefaultPort(Bytes out, int from, String port) {
        if (out.size() - from != port.length()) {
            return false;
        }
        for (int i = 0; i < port.length(); i++) {
            if (out.at(from + i) != port.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
