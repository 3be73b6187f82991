package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.memory.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A part of a URL in which {@code ${…}} stands for a part of the request; other such texts stand for themselves. */
final class Template {

    private static final Pattern PART = Pattern.compile("\\$\\{(protocol|host|port|path|query)\\}");

    private enum Kind {
        TEXT,
        PROTOCOL,
        HOST,
        PORT,
        PATH,
        QUERY
    }

    private static final class Piece {

        private final Kind kind;
        private final byte[] text;

        Piece(Kind kind, String text) {
            this.kind = kind;
            this.text = Text.bytes(text);
        }
    }

    private final String source;
    private final List<Piece> pieces = new ArrayList<>();

    Template(String text) {
        source = text;
        var part = PART.matcher(text);
        int end = 0;
        while (part.find()) {
            addText(text.substring(end, part.start()));
            pieces.add(new Piece(kind(part.group(1)), ""));
            end = part.end();
        }
        addText(text.substring(end));
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(Kind.TEXT, text));
        }
    }

    private static Kind kind(String name) {
        return switch (name) {
            case "protocol" -> Kind.PROTOCOL;
            case "host" -> Kind.HOST;
            case "port" -> Kind.PORT;
            case "path" -> Kind.PATH;
            default -> Kind.QUERY;
        };
    }

    /** Whether it is that text and nothing else. */
    boolean is(String text) {
        return source.equals(text);
    }

    void append(Decision request, Bytes out) {
        for (int i = 0; i < pieces.size(); i++) {
            var piece = pieces.get(i);
            switch (piece.kind) {
                case TEXT -> out.append(piece.text);
                case PROTOCOL -> out.append(Text.bytes(request.place().scheme()));
                case HOST -> request.appendHost(out);
                case PORT -> out.append(Text.bytes(Integer.toString(request.port())));
                case PATH -> request.head().copyPath(out);
                case QUERY -> request.head().copyQuery(out);
            }
        }
    }
}
