package io.evenkeel.bench.controlplane;

import io.evenkeel.bench.controlplane.StatementRecorder.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The SQL of an operation alone. */
final class BareClient implements Client {

    private final Connection connection;
    private final Replay replay;
    private List<Step> next = List.of();

    BareClient(Connection connection, Replay replay) {
        this.connection = connection;
        this.replay = replay;
    }

    @Override
    public void prepare(Call call) {
        next = replay.of(call);
    }

    @Override
    public void run() throws SQLException {
        Replay.run(connection, next);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
