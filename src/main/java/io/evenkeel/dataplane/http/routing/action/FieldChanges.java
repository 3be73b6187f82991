package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.memory.Bytes;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.desiredstate.routing.DesiredFields;
import io.evenkeel.desiredstate.routing.DesiredFields.Inserted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fields that a policy takes away and writes: in a request, or in its own answer. */
final class FieldChanges {

    private static final String CLIENT_ADDRESS = "CLIENT-IP";
    private static final String CLIENT_PORT = "CLIENT-PORT";

    /** A line whose value depends on the request. */
    private static final class Line {

        private final byte[] start;
        private final Inserted field;
        private final byte[] requestField;

        Line(Inserted field) {
            this.start = Text.bytes(field.name() + ": ");
            this.field = field;
            this.requestField = Text.lowerCase(field.value());
        }
    }

    private final List<byte[]> dropped;
    private final List<Line> lines = new ArrayList<>();
    private final byte[] sameForAll;

    FieldChanges(DesiredFields fields, Place place) {
        dropped = Stream.concat(
                        fields.removed().stream(), fields.inserted().stream().map(Inserted::name))
                .map(Text::lowerCase)
                .toList();
        var same = new StringBuilder();
        for (var field : fields.inserted()) {
            if (isFromRequest(field)) {
                lines.add(new Line(field));
            } else {
                value(field, place)
                        .ifPresent(value -> same.append(field.name())
                                .append(": ")
                                .append(value)
                                .append("\r\n"));
            }
        }
        sameForAll = Text.bytes(same.toString());
    }

    private static boolean isFromRequest(Inserted field) {
        return switch (field.source()) {
            case TEXT -> false;
            case REQUEST_FIELD -> true;
            case LOAD_BALANCER ->
                field.value().equals(CLIENT_ADDRESS) || field.value().equals(CLIENT_PORT);
        };
    }

    private static Optional<String> value(Inserted field, Place place) {
        if (field.source() == DesiredFields.Source.TEXT) {
            return Optional.of(field.value());
        }
        return switch (field.value()) {
            case "ELB-PROTOCOL" -> Optional.of(place.isSecure() ? "HTTPS" : "HTTP");
            case "ELB-ID" -> Optional.of(place.loadBalancerId().toString());
            case "ELB-PORT" -> Optional.of(Integer.toString(place.vip().getPort()));
            case "ELB-VIP" -> Optional.of(place.vipText());
            default -> Optional.empty();
        };
    }

    /** Names in lower case that must not stand beside what is written. */
    List<byte[]> dropped() {
        return dropped;
    }

    boolean drops(String lowerCaseName) {
        return dropped.stream().anyMatch(name -> Arrays.equals(name, Text.bytes(lowerCaseName)));
    }

    void appendLines(Decision request, Bytes out) {
        out.append(sameForAll);
        for (int i = 0; i < lines.size(); i++) {
            appendLine(lines.get(i), request, out);
        }
    }

    private static void appendLine(Line line, Decision request, Bytes out) {
        int before = out.size();
        out.append(line.start);
        boolean hasValue = true;
        if (line.field.source() == DesiredFields.Source.REQUEST_FIELD) {
            hasValue = appendValues(line.requestField, request, out);
        } else {
            boolean isAddress = line.field.value().equals(CLIENT_ADDRESS);
            out.append(Text.bytes(
                    isAddress ? request.caller().host() : request.caller().port()));
        }
        if (hasValue) {
            out.append(Text.LINE_END);
        } else {
            out.truncate(before);
        }
    }

    private static boolean appendValues(byte[] name, Decision request, Bytes out) {
        var head = request.head();
        int field = head.nextField(name, -1);
        boolean hasValue = field >= 0;
        while (field >= 0) {
            head.copyValue(field, out);
            field = head.nextField(name, field);
            if (field >= 0) {
                out.append(Text.COMMA);
            }
        }
        return hasValue;
    }
}
