package io.evenkeel.catalog;

import io.evenkeel.platform.error.ErrorCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The flavors of this installation, for other modules. */
@Component
public class Flavors {

    private final JdbcClient jdbc;

    Flavors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the flavor is one for layer 4 (TCP, UDP, TLS). Errors: {@link ErrorCode#NOT_FOUND}. */
    public boolean isL4(String id) {
        return typeOf(id).startsWith("L4");
    }

    /** Whether the flavor is one for layer 7 (HTTP, HTTPS, QUIC). Errors: {@link ErrorCode#NOT_FOUND}. */
    public boolean isL7(String id) {
        return typeOf(id).startsWith("L7");
    }

    private String typeOf(String id) {
        return jdbc.sql("select type from flavor where id = :id")
                .param("id", id)
                .query((row, n) -> row.getString(1))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("flavor", id));
    }

    /** The elastic flavor of layer 4, for load balancers that ask for none. */
    public String defaultL4() {
        return elastic("L4_elastic_max");
    }

    /** The elastic flavor of layer 7, for load balancers that ask for none. */
    public String defaultL7() {
        return elastic("L7_elastic_max");
    }

    private String elastic(String type) {
        return jdbc.sql("select id from flavor where type = :type order by id limit 1")
                .param("type", type)
                .query((row, n) -> row.getString(1))
                .single();
    }
}
