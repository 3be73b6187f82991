package io.evenkeel.platform.openapi;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.QueryNames;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Writes down the filters and paging names of an operation, from the same declaration that serves them. */
@Component
class ListParameters implements OperationCustomizer {

    private final Map<String, ListOperation> operations = new HashMap<>();

    private final Map<String, QueryNames> queries = new HashMap<>();

    ListParameters(List<ListOperation> operations, List<QueryNames> queries) {
        operations.forEach(operation -> this.operations.put(operation.operationId(), operation));
        queries.forEach(names -> this.queries.put(names.operationId(), names));
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        if (operation.getParameters() != null) {
            // The map that takes all query names is no parameter itself.
            operation
                    .getParameters()
                    .removeIf(parameter -> "query".equals(parameter.getIn()) && isMap(parameter.getSchema()));
        }
        var list = operations.get(operation.getOperationId());
        if (list != null) {
            operation.addParametersItem(query(
                    "limit",
                    integer(0, ListQueries.MAX_LIMIT),
                    "Rows of a page; 0 and absent: " + ListQueries.MAX_LIMIT));
            operation.addParametersItem(query("marker", type("string"), "Id of the last row of the page before"));
            operation.addParametersItem(query("page_reverse", type("boolean"), "True: the page before the marker"));
            list.filters().forEach(filter -> operation.addParametersItem(parameter(filter)));
        }
        var names = queries.get(operation.getOperationId());
        if (names != null) {
            names.names().forEach(name -> operation.addParametersItem(parameter(name)));
        }
        return operation;
    }

    private static boolean isMap(@Nullable Schema<?> schema) {
        return schema == null || schema.get$ref() != null || schema.getAdditionalProperties() != null;
    }

    private static Parameter parameter(Filter filter) {
        var value = type(
                switch (filter.type()) {
                    case TEXT, UUID, ADDRESS, PAIR, TIME, DURATION -> "string";
                    case INTEGER -> "integer";
                    case BOOLEAN -> "boolean";
                });
        switch (filter.type()) {
            case TIME -> value.setFormat("date-time");
            case INTEGER -> value.setFormat("int32");
            case DURATION -> value.setPattern(Filter.DURATION_SHAPE);
            default -> {}
        }
        var meaning = meaning(filter.type());
        return filter.isRepeatable()
                ? query(filter.name(), type("array").items(value), meaning + "; repeatable, any of the values")
                : query(filter.name(), value, meaning);
    }

    private static String meaning(Filter.Type type) {
        return switch (type) {
            case TEXT -> "The exact value";
            case INTEGER, BOOLEAN -> "The value";
            case UUID -> "A UUID; anything else matches nothing";
            case ADDRESS -> "An IP address in any spelling; anything else matches nothing";
            case TIME -> "A time in UTC, such as 2026-01-02T03:04:05Z";
            case DURATION -> "A duration, such as 90s, 10m or 2h";
            case PAIR -> "`key=value`";
        };
    }

    private static Parameter query(String name, Schema<?> schema, String description) {
        return new Parameter()
                .in("query")
                .name(name)
                .required(false)
                .schema(schema)
                .description(description);
    }

    private static Schema<?> type(String type) {
        return new Schema<>().types(Set.of(type));
    }

    private static Schema<?> integer(int least, int most) {
        var schema = type("integer");
        schema.setMinimum(BigDecimal.valueOf(least));
        schema.setMaximum(BigDecimal.valueOf(most));
        return schema;
    }
}
