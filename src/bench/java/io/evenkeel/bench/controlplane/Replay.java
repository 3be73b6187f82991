package io.evenkeel.bench.controlplane;

import io.evenkeel.bench.controlplane.StatementRecorder.Binding;
import io.evenkeel.bench.controlplane.StatementRecorder.Step;
import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does on a bare connection what a call was recorded to do on the database, about the things of another call: the same
 * statements in the same transaction, with the values exchanged and new ids for what is inserted.
 */
final class Replay {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final List<Step> steps;
    private final Call recorded;
    private final Set<String> made;

    Replay(List<Step> steps, Call recorded) {
        this.steps = steps;
        this.recorded = recorded;
        this.made = made();
    }

    /** Ids that the service made itself: those inserted that the call does not know. */
    private Set<String> made() {
        var ids = new HashSet<String>();
        for (var step : steps) {
            if (step instanceof Step.Statement(String sql, List<Binding> bindings)
                    && sql.strip().toLowerCase(Locale.ROOT).startsWith("insert")) {
                bindings.forEach(binding -> collect(binding.arguments().get(1), ids));
            }
        }
        recorded.values().forEach(ids::remove);
        return ids;
    }

    private static void collect(@Nullable Object value, Set<String> ids) {
        if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                collect(Array.get(value, i), ids);
            }
        } else if (value instanceof UUID || value instanceof String) {
            var text = value.toString();
            if (UUID_TEXT.matcher(text).matches()) {
                ids.add(text);
            }
        }
    }

    int statements() {
        return (int) steps.stream().filter(Step.Statement.class::isInstance).count();
    }

    /** The steps with the values of this call. */
    List<Step> of(Call call) {
        var exchange = new HashMap<String, String>();
        if (call.values().size() != recorded.values().size()) {
            throw new IllegalArgumentException("Calls of one operation differ in their number of values");
        }
        for (int i = 0; i < call.values().size(); i++) {
            exchange.put(recorded.values().get(i), call.values().get(i));
        }
        made.forEach(id -> exchange.put(id, UUID.randomUUID().toString()));
        var own = new ArrayList<Step>();
        for (var step : steps) {
            own.add(
                    switch (step) {
                        case Step.Transaction transaction -> transaction;
                        case Step.Statement(String sql, List<Binding> bindings) ->
                            new Step.Statement(
                                    sql,
                                    bindings.stream()
                                            .map(binding -> exchanged(binding, exchange))
                                            .toList());
                    });
        }
        return own;
    }

    private static Binding exchanged(Binding binding, Map<String, String> exchange) {
        var arguments = new ArrayList<@Nullable Object>(binding.arguments());
        if (!binding.method().getName().equals("setNull")) {
            arguments.set(1, exchanged(arguments.get(1), exchange));
        }
        return new Binding(binding.method(), arguments);
    }

    private static @Nullable Object exchanged(@Nullable Object value, Map<String, String> exchange) {
        return switch (value) {
            case String text -> exchange.getOrDefault(text, text);
            case UUID id -> {
                var other = exchange.get(id.toString());
                yield other == null ? id : UUID.fromString(other);
            }
            case Integer number -> Integer.valueOf(exchange.getOrDefault(number.toString(), number.toString()));
            case @Nullable Object[] values -> {
                @Nullable Object[] others = values.clone();
                for (int i = 0; i < others.length; i++) {
                    others[i] = exchanged(others[i], exchange);
                }
                yield others;
            }
            case null, default -> value;
        };
    }

    /** Reads all rows, and looks into none. */
    static void run(Connection connection, List<Step> steps) throws SQLException {
        try {
            for (var step : steps) {
                switch (step) {
                    case Step.Transaction(var method, var arguments) -> method.invoke(connection, arguments.toArray());
                    case Step.Statement(var sql, var bindings) -> run(connection, sql, bindings);
                }
            }
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    private static void run(Connection connection, String sql, List<Binding> bindings)
            throws SQLException, ReflectiveOperationException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var binding : bindings) {
                binding.method().invoke(statement, binding.arguments().toArray());
            }
            if (statement.execute()) {
                try (var rows = statement.getResultSet()) {
                    while (rows.next()) {}
                }
            }
        }
    }
}
