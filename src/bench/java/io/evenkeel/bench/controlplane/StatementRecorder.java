package io.evenkeel.bench.controlplane;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Writes down what requests do on the database, so that the same can be done without the service. While it does not
 * record, connections are the pool's own and cost nothing more.
 */
final class StatementRecorder implements BeanPostProcessor {

    private static final Set<String> TRANSACTION =
            Set.of("setAutoCommit", "commit", "rollback", "setReadOnly", "setTransactionIsolation");

    private volatile @Nullable List<Step> recording;

    /** One thing done on a connection. */
    sealed interface Step {

        /** A call that begins, ends or colours a transaction. */
        record Transaction(Method method, List<@Nullable Object> arguments) implements Step {}

        /** A prepared statement with the calls that bound its parameters. */
        record Statement(String sql, List<Binding> bindings) implements Step {}
    }

    /** A parameter of a statement: the method that set it and its arguments, the index first. */
    record Binding(Method method, List<@Nullable Object> arguments) {}

    /** What the request does. Nothing else may call meanwhile. */
    List<Step> during(Client client) throws IOException, SQLException {
        var steps = new ArrayList<Step>();
        recording = steps;
        try {
            client.run();
        } finally {
            recording = null;
        }
        return steps;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && !(bean instanceof Recorded) ? new Recorded(source) : bean;
    }

    private final class Recorded extends DelegatingDataSource {

        Recorded(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var steps = recording;
            var connection = super.getConnection();
            // Background work does not belong to the request.
            return steps == null || MDC.get("requestId") == null ? connection : recorded(connection, steps);
        }
    }

    private static Connection recorded(Connection connection, List<Step> steps) {
        return (Connection) proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("createStatement") || method.getName().equals("prepareCall")) {
                throw new IllegalStateException("Only prepared statements can be done again");
            }
            if (TRANSACTION.contains(method.getName())) {
                steps.add(new Step.Transaction(method, listed(arguments)));
            }
            var result = method.invoke(connection, arguments);
            return result instanceof PreparedStatement statement && arguments != null
                    ? recorded(statement, (String) arguments[0], steps)
                    : result;
        });
    }

    private static PreparedStatement recorded(PreparedStatement statement, String sql, List<Step> steps) {
        var bindings = new ArrayList<Binding>();
        return (PreparedStatement) proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set") && method.getDeclaringClass() == PreparedStatement.class) {
                bindings.add(new Binding(method, listed(arguments)));
            }
            if (method.getName().startsWith("execute")) {
                steps.add(new Step.Statement(sql, List.copyOf(bindings)));
            }
            return method.invoke(statement, arguments);
        });
    }

    private static List<@Nullable Object> listed(@Nullable Object @Nullable [] arguments) {
        return arguments == null ? List.of() : Arrays.asList(arguments.clone());
    }

    private interface Calls {
        @Nullable
        Object call(Method method, @Nullable Object @Nullable [] arguments) throws ReflectiveOperationException;
    }

    private static Object proxy(Class<?> type, Calls calls) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return calls.call(method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
