package io.evenkeel.inventory;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The availability zones of this installation, for other modules. */
@Component
public class AvailabilityZones {

    private final JdbcClient jdbc;

    AvailabilityZones(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every code, sorted. */
    public List<String> codes() {
        return List.copyOf(jdbc.sql("select code from availability_zone order by code")
                .query((row, n) -> row.getString(1))
                .list());
    }
}
