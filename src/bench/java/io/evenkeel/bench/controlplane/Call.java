package io.evenkeel.bench.controlplane;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation: how it goes over HTTP, and which of its values the SQL carries.
 *
 * @param path behind {@code /v3/{project_id}/elb}
 * @param body JSON, or null
 * @param values ids, addresses and numbers as text, those of its answer included; all calls of an operation have them in
 *     the same order
 */
record Call(String method, String path, @Nullable String body, int status, List<String> values) {

    static Call get(String path, List<String> values) {
        return new Call("GET", path, null, 200, values);
    }
}
