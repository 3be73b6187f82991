package io.evenkeel.platform.paging;

import io.evenkeel.platform.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.util.MultiValueMap;

/**
 * The query names of an operation that is no list of a table's rows. A module declares a subclass as a bean; the names
 * are checked, and written into the API document, from this one declaration. Immutable once constructed.
 */
public abstract class QueryNames {

    private final String operationId;
    private final Map<String, Filter> names = new LinkedHashMap<>();

    /** @param operationId as in the OpenAPI document */
    protected QueryNames(String operationId) {
        this.operationId = operationId;
    }

    /** May stand once. */
    protected final void one(String name, Filter.Type type) {
        names.put(name, new Filter(name, type, "", false));
    }

    /** May stand several times: any of its values. */
    protected final void several(String name, Filter.Type type) {
        names.put(name, new Filter(name, type, "", true));
    }

    /**
     * The values by name, each in its one form; those that can match nothing left out. A name that is not there was not
     * given.
     *
     * <p>Errors: {@link ErrorCode#UNRECOGNIZED_ATTRIBUTES} naming unknown names, {@link ErrorCode#INVALID_INPUT} naming
     * the name whose value has the wrong type or that stands too often.
     */
    public final Map<String, List<String>> read(MultiValueMap<String, String> query) {
        var unknown = new TreeSet<>(query.keySet());
        unknown.removeAll(names.keySet());
        if (!unknown.isEmpty()) {
            throw ErrorCode.UNRECOGNIZED_ATTRIBUTES.with(String.join(", ", unknown));
        }
        var values = new HashMap<String, List<String>>();
        names.forEach((name, filter) -> {
            var given = query.get(name);
            if (given != null) {
                values.put(name, filter.read(given));
            }
        });
        return values;
    }

    public final String operationId() {
        return operationId;
    }

    /** For the API document. */
    public final List<Filter> names() {
        return new ArrayList<>(names.values());
    }
}
