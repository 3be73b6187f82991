package io.evenkeel.console.resource;

import io.evenkeel.console.api.Tree;
import io.evenkeel.console.resource.Kind.Column;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.UriUtils;

/**
 * Makes cells out of rows.
 *
 * @param base the project's place in the console
 * @param names of other resources, by id
 * @param now what expiry is told by
 */
public record Cells(String base, Map<String, String> names, Instant now) {

    private static final Duration NEAR = Duration.ofDays(30);
    private static final int ID_SHOWN = 8;

    /** Every id of other resources in the rows, to look their names up. */
    public static List<String> references(Kind kind, List<Tree> rows) {
        var ids = new ArrayList<String>();
        for (var column : kind.columns()) {
            for (var row : rows) {
                switch (column.format()) {
                    case REFERENCE -> ids.addAll(References.ids(row.at(column.attribute())));
                    case RESOURCE -> ids.add(row.raw("resource_id"));
                    default -> {}
                }
            }
        }
        return ids;
    }

    /** One list of pieces for each column. */
    public List<List<Piece>> row(Kind kind, Tree row) {
        return kind.columns().stream().map(column -> cell(kind, column, row)).toList();
    }

    private List<Piece> cell(Kind kind, Column column, Tree row) {
        var value = row.at(column.attribute());
        return switch (column.format()) {
            case TEXT -> List.of(Piece.of(value.text()));
            case NAME -> List.of(Piece.link(nameOf(row), href(kind.path(), row.raw("id"))));
            case STATE -> List.of(state(value).piece());
            case TIME -> List.of(time(value.text()));
            case EXPIRY -> List.of(expiry(value.text()));
            case YES_NO -> List.of(Piece.of(value.node().asBoolean(false) ? "Yes" : "No"));
            case LIST -> List.of(Piece.of(joined(value)));
            case COUNT -> List.of(Piece.of(Integer.toString(value.items().size())));
            case REFERENCE -> links(column.attribute(), value);
            case RESOURCE -> List.of(resource(row));
            case DIFFERENCE -> difference(value);
            case SYSTEM ->
                List.of(Piece.of(
                        (value.text("type") + " " + value.text("distribution") + " " + value.text("version")).strip()));
            case ADDRESSES ->
                List.of(Piece.of(String.join(
                        ", ",
                        value.items().stream()
                                .map(address -> address.text("address"))
                                .toList())));
        };
    }

    public static String nameOf(Tree row) {
        var name = row.text("name");
        return name.isEmpty() ? shortId(row.text("id")) : name;
    }

    static String shortId(String id) {
        return id.length() == 36 ? "…" + id.substring(id.length() - ID_SHOWN) : id;
    }

    private static State state(Tree value) {
        return value.node().isObject() ? State.of(value) : State.of(value.text(), "", "");
    }

    static Piece time(String onWire) {
        return Piece.of(onWire.replace('T', ' ').replaceFirst("(\\.\\d+)?Z$", " UTC"));
    }

    private Piece expiry(String onWire) {
        if (onWire.isEmpty()) {
            return Piece.of("");
        }
        var end = Instant.parse(onWire);
        var text = time(onWire).text();
        if (end.isBefore(now)) {
            return Piece.badge(text, "bad", "It has expired: clients refuse it.");
        }
        long days = Duration.between(now, end).toDays();
        return Piece.badge(text, end.isBefore(now.plus(NEAR)) ? "poor" : "good", "In " + days + " days");
    }

    private static String joined(Tree list) {
        return String.join(", ", list.items().stream().map(Tree::text).toList());
    }

    /** Of an attribute that names others. */
    List<Piece> links(String attribute, Tree value) {
        var kind = References.kindOf(attribute);
        return References.ids(value).stream()
                .map(id -> kind == null ? Piece.of(id) : link(kind, id))
                .toList();
    }

    public Piece link(String kind, String id) {
        return Piece.link(names.getOrDefault(id, shortId(id)), href(kind, id));
    }

    private Piece resource(Tree row) {
        var kind = row.text("resource_kind");
        var id = row.raw("resource_id");
        var path = References.kindNamed(kind);
        var pool = row.raw("details.pool_id");
        if (path == null && !pool.isEmpty()) {
            return Piece.link(kind + " " + shortId(id), href("groups", pool));
        }
        return path == null
                ? Piece.of(kind + " " + shortId(id))
                : Piece.link(kind + " " + names.getOrDefault(id, shortId(id)), href(path, id));
    }

    private static List<Piece> difference(Tree value) {
        return value.attributes().stream()
                .map(entry -> Piece.of(entry.getKey() + ": " + change(entry.getValue())))
                .toList();
    }

    private static String change(Tree entry) {
        var before = Facts.flat(entry.at("before"));
        var after = Facts.flat(entry.at("after"));
        if (!entry.has("before")) {
            return after;
        }
        return before + " → " + (entry.has("after") ? after : "nothing");
    }

    public String href(String kind, String id) {
        return base + "/" + kind + "/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8);
    }
}
