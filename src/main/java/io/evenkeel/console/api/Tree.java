package io.evenkeel.console.api;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer, or a part of one, as pages read it. A way is names, or places in a list, with dots between them; what is
 * not there is empty.
 */
public record Tree(JsonNode node) {

    public Tree at(String way) {
        var found = node;
        for (var name : way.split("\\.", -1)) {
            found = found.isArray() ? found.path(Integer.parseInt(name)) : found.path(name);
        }
        return new Tree(found);
    }

    /** A text, number or truth value as text; empty for what is null, absent, a list or an object. */
    public String text(String way) {
        return at(way).text();
    }

    public String text() {
        return Visible.text(raw());
    }

    /** As it is, for a link or a field of a form: control characters are not made visible. */
    public String raw(String way) {
        return at(way).raw();
    }

    public String raw() {
        return node.isNull() ? "" : node.asString("");
    }

    public long number(String way) {
        return at(way).node.asLong(0);
    }

    public double decimal(String way) {
        return at(way).node.asDouble(0);
    }

    public boolean flag(String way) {
        return at(way).node.asBoolean(false);
    }

    public boolean has(String way) {
        var found = at(way).node;
        return !found.isMissingNode() && !found.isNull();
    }

    /** The members of a list; none for anything else. */
    public List<Tree> items(String way) {
        return at(way).items();
    }

    public List<Tree> items() {
        return node.isArray() ? node.valueStream().map(Tree::new).toList() : List.of();
    }

    /** The attributes of an object, in its order; none for anything else. */
    public List<Map.Entry<String, Tree>> attributes() {
        return node.isObject()
                ? node.propertyStream()
                        .map(entry -> Map.entry(entry.getKey(), new Tree(entry.getValue())))
                        .toList()
                : List.of();
    }

    /** The same object without one attribute. */
    public Tree without(String name) {
        return node instanceof ObjectNode object ? new Tree(object.deepCopy().without(name)) : this;
    }
}
