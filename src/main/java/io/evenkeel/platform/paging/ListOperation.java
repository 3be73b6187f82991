package io.evenkeel.platform.paging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list operation: the table it reads, and its filters. Each feature declares its own as a bean:
 *
 * <pre>{@code
 * @Component
 * class ListenerFilters extends ListOperation {
 *     ListenerFilters() {
 *         super("ListListeners", "listener t", "t.id");
 *         uuid("id", "t.id");
 *         text("name", "t.name");
 *         together("t.id in (select b.listener_id from backend_path b where b.project_id = :project and %s)",
 *                 addressOf("member_address", "b.address"), textOf("member_device_id", "b.server_id"));
 *     }
 * }
 * }</pre>
 *
 * <p>Rows are those of the project ({@code t.project_id = :project}, unless {@link #everyProject()}), sorted by id,
 * which for ids of our own is the order of creation, or backwards ({@link #newestFirst()}).
 */
public abstract class ListOperation {

    private final String operationId;
    private final String from;
    private final String idColumn;
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private boolean isOfProject = true;
    private boolean isNewestFirst;

    /** Filters that one row of a joined table must satisfy together. */
    record Group(String sql, List<Filter> filters) {}

    /**
     * @param operationId as in the OpenAPI document
     * @param from table and alias {@code t}, with joins if need be
     * @param idColumn unique within the project
     */
    protected ListOperation(String operationId, String from, String idColumn) {
        this.operationId = operationId;
        this.from = from;
        this.idColumn = idColumn;
    }

    protected final void text(String name, String column) {
        add(new Filter(name, Filter.Type.TEXT, column + " = any(:%s)", true));
    }

    /** Text of an array column: one common element is enough. */
    protected final void anyOf(String name, String column) {
        add(new Filter(name, Filter.Type.TEXT, column + " && cast(:%s as text[])", true));
    }

    protected final void uuid(String name, String column) {
        add(new Filter(name, Filter.Type.UUID, column + " = any(cast(:%s as uuid[]))", true));
    }

    protected final void integer(String name, String column) {
        add(new Filter(name, Filter.Type.INTEGER, column + " = any(cast(:%s as integer[]))", true));
    }

    protected final void bool(String name, String column) {
        add(new Filter(name, Filter.Type.BOOLEAN, column + " = any(cast(:%s as boolean[]))", false));
    }

    /** Times from the one named {@code since} on, and before the one named {@code until}. */
    protected final void between(String since, String until, String column) {
        add(new Filter(since, Filter.Type.TIME, column + " >= (cast(:%s as timestamptz[]))[1]", false));
        add(new Filter(until, Filter.Type.TIME, column + " < (cast(:%s as timestamptz[]))[1]", false));
    }

    protected final void address(String name, String column) {
        add(new Filter(name, Filter.Type.ADDRESS, column + " = any(cast(:%s as inet[]))", true));
    }

    /** {@code %s} in the condition stands for the parameter, a text array. */
    protected final void where(String name, Filter.Type type, String condition, boolean isRepeatable) {
        add(new Filter(name, type, condition, isRepeatable));
    }

    /** A name that clients may send and that no row of ours has a value for. */
    protected final void neverMatches(String name) {
        add(new Filter(name, Filter.Type.PAIR, "false and :%s is null", true));
    }

    /** A name that clients may send and that changes nothing here. */
    protected final void withoutEffect(String name) {
        add(new Filter(name, Filter.Type.TEXT, "true or :%s is null", true));
    }

    /** Absent, or {@code all_granted_eps}: every enterprise project. */
    protected final void enterpriseProject(String column) {
        add(new Filter(
                "enterprise_project_id",
                Filter.Type.TEXT,
                "('all_granted_eps' = any(:%1$s) or " + column + " = any(:%1$s))",
                true));
    }

    /**
     * Filters that must hold for the same row of a joined table: {@code %s} in the condition stands for all of those
     * that were given. They are declared in the call's arguments.
     */
    protected final void together(String condition, Filter... members) {
        groups.add(new Group(condition, List.of(members)));
    }

    protected static Filter textOf(String name, String column) {
        return new Filter(name, Filter.Type.TEXT, column + " = any(:%s)", true);
    }

    protected static Filter addressOf(String name, String column) {
        return new Filter(name, Filter.Type.ADDRESS, column + " = any(cast(:%s as inet[]))", true);
    }

    protected static Filter uuidOf(String name, String column) {
        return new Filter(name, Filter.Type.UUID, column + " = any(cast(:%s as uuid[]))", true);
    }

    /** Rows of every project: for tables without one. */
    protected final void everyProject() {
        isOfProject = false;
    }

    /** Sorted by id backwards: for what is read from its end. */
    protected final void newestFirst() {
        isNewestFirst = true;
    }

    private void add(Filter filter) {
        filters.put(filter.name(), filter);
    }

    public String operationId() {
        return operationId;
    }

    /** Every filter, for the API document; paging names aside. */
    public List<Filter> filters() {
        var all = new ArrayList<>(filters.values());
        groups.forEach(group -> all.addAll(group.filters()));
        return all;
    }

    Map<String, Filter> singleFilters() {
        return filters;
    }

    List<Group> groups() {
        return groups;
    }

    String from() {
        return from;
    }

    /** Whether the id column is a uuid, as the filter {@code id} says; else it is text. */
    boolean hasUuids() {
        var id = filters.get("id");
        return id != null && id.type() == Filter.Type.UUID;
    }

    String idColumn() {
        return idColumn;
    }

    boolean isNewestFirst() {
        return isNewestFirst;
    }

    boolean isOfProject() {
        return isOfProject;
    }
}
