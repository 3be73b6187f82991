package io.evenkeel.platform.paging;

import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/**
 * Turns a query string into a page of ids: one statement, and one more where nothing is left behind the marker.
 * Errors: {@link ErrorCode#INVALID_INPUT} naming the query name for unknown names, wrong types, an unknown marker.
 */
@Component
public class ListQueries {

    /** Rows of a page when the client asks for none or 0, and at most. */
    public static final int MAX_LIMIT = 2000;

    private static final Set<String> PAGING = Set.of("limit", "marker", "page_reverse");

    private final JdbcClient jdbc;

    ListQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The page of the project's rows that the query asks for. */
    public PageOfIds page(ListOperation operation, String projectId, MultiValueMap<String, String> query) {
        return page(operation, projectId, query, Map.of());
    }

    /**
     * @param fixed ids that columns must equal, such as the parent in the path
     */
    public PageOfIds page(
            ListOperation operation, String projectId, MultiValueMap<String, String> query, Map<String, UUID> fixed) {
        refuseUnknown(operation, query, PAGING);
        var parameters = new LinkedHashMap<String, Object>();
        var conditions = new ArrayList<String>();
        if (operation.isOfProject()) {
            conditions.add("t.project_id = :project");
        }
        parameters.put("project", projectId);
        int index = 0;
        for (var entry : fixed.entrySet()) {
            conditions.add(entry.getKey() + " = :fixed" + index);
            parameters.put("fixed" + index++, entry.getValue());
        }
        var scope = List.copyOf(conditions);
        operation
                .singleFilters()
                .values()
                .forEach(filter -> condition(filter, query, parameters).ifPresent(conditions::add));
        for (var group : operation.groups()) {
            var given = group.filters().stream()
                    .flatMap(filter -> condition(filter, query, parameters).stream())
                    .collect(Collectors.joining(" and "));
            if (!given.isEmpty()) {
                conditions.add(group.sql().formatted(given));
            }
        }
        return read(operation, Paging.of(query), scope, conditions, parameters);
    }

    /**
     * The values of the filters that the query names, as columns are compared with them, for readers that do not read
     * pages: paging names are refused as unknown ones are.
     */
    public static Map<String, List<String>> filters(ListOperation operation, MultiValueMap<String, String> query) {
        refuseUnknown(operation, query, Set.of());
        var given = new LinkedHashMap<String, List<String>>();
        for (var filter : operation.filters()) {
            var values = query.get(filter.name());
            if (values != null) {
                given.put(filter.name(), filter.read(values));
            }
        }
        return given;
    }

    private static void refuseUnknown(
            ListOperation operation, MultiValueMap<String, String> query, Set<String> knownBesides) {
        var unknown = new TreeSet<>(query.keySet());
        unknown.removeAll(knownBesides);
        operation.filters().forEach(filter -> unknown.remove(filter.name()));
        if (!unknown.isEmpty()) {
            throw ErrorCode.UNRECOGNIZED_ATTRIBUTES.with(String.join(", ", unknown));
        }
    }

    private static Optional<String> condition(
            Filter filter, MultiValueMap<String, String> query, Map<String, Object> parameters) {
        var values = query.get(filter.name());
        if (values == null) {
            return Optional.empty();
        }
        parameters.put(filter.name(), filter.read(values).toArray(String[]::new));
        return Optional.of("(" + filter.sql().formatted(filter.name()) + ")");
    }

    private PageOfIds read(
            ListOperation operation,
            Paging paging,
            List<String> scope,
            List<String> conditions,
            Map<String, Object> parameters) {
        var id = operation.idColumn();
        boolean isDescending = paging.isReverse() != operation.isNewestFirst();
        var isMarkerKnown = "true";
        if (paging.marker() != null) {
            isMarkerKnown = isMarkerKnown(operation, scope);
            parameters.put("marker", marker(operation, paging.marker()));
            conditions.add("%s %s %s".formatted(id, isDescending ? "<" : ">", marker(operation)));
        }
        var sql = "select cast(%s as text), %s from %s where %s order by %s %s limit %d"
                .formatted(
                        id,
                        isMarkerKnown,
                        operation.from(),
                        conditions.isEmpty() ? "true" : String.join(" and ", conditions),
                        id,
                        isDescending ? "desc" : "asc",
                        paging.limit() + 1);
        var ids = new ArrayList<String>(jdbc.sql(sql)
                .params(parameters)
                .query((row, n) -> {
                    requireKnown(row.getBoolean(2));
                    return row.getString(1);
                })
                .list());
        if (ids.isEmpty() && paging.marker() != null) {
            requireKnown(jdbc.sql("select " + isMarkerKnown)
                    .params(parameters)
                    .query((row, n) -> row.getBoolean(1))
                    .single());
        }
        return paging.cut(ids);
    }

    /** Whether the marker is the id of a row of the unfiltered list: one look, told with every row of the page. */
    private static String isMarkerKnown(ListOperation operation, List<String> scope) {
        return "exists (select 1 from %s where %s %s = %s)"
                .formatted(operation.from(), prefix(scope), operation.idColumn(), marker(operation));
    }

    private static void requireKnown(boolean isMarkerKnown) {
        if (!isMarkerKnown) {
            throw unknownMarker();
        }
    }

    private static ElbException unknownMarker() {
        return ErrorCode.INVALID_INPUT.with("marker", "must be the id of a row of this list");
    }

    private static String marker(ListOperation operation, String text) {
        return operation.hasUuids()
                ? Ids.parse(text).orElseThrow(ListQueries::unknownMarker).toString()
                : text;
    }

    /** Of the column's own type, so that the index over it is used. */
    private static String marker(ListOperation operation) {
        return operation.hasUuids() ? "cast(:marker as uuid)" : ":marker";
    }

    private static String prefix(List<String> scope) {
        return scope.stream().map(condition -> condition + " and ").collect(Collectors.joining());
    }
}
