package io.evenkeel.console.resource;

import java.util.List;
import java.util.Optional;

/**
 * A kind of resource.
 *
 * @param path in the console's URLs
 * @param api the collection, with {@code {}} for the project
 * @param listName under which the answer of a list has its rows
 * @param name under which the answer about one has it; empty where there is no such operation
 * @param filter the query name that the list's filter field sets; empty for none
 * @param isPaged whether its list takes a limit and a marker
 * @param whenEmpty what to do next when there is none
 */
public record Kind(
        String path,
        String title,
        String one,
        String api,
        String listName,
        String name,
        String filter,
        boolean isPaged,
        List<Column> columns,
        String whenEmpty) {

    /** @param attribute a way into the row */
    record Column(String title, String attribute, Format format) {}

    public boolean hasPage() {
        return !name.isEmpty();
    }

    /** By its path. */
    public static Optional<Kind> find(String path) {
        return Kinds.ALL.stream().filter(kind -> kind.path.equals(path)).findFirst();
    }

    public List<String> titles() {
        return columns.stream().map(Column::title).toList();
    }
}
