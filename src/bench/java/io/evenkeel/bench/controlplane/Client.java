package io.evenkeel.bench.controlplane;

import java.io.IOException;
import java.sql.SQLException;

/** One who calls, one call after the other, on a connection of its own. */
interface Client extends AutoCloseable {

    /** What is not measured. */
    void prepare(Call call) throws IOException, SQLException;

    /** What is: from the first byte sent to the last received. */
    void run() throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;
}
