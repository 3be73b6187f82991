package io.evenkeel.platform.write;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The warnings of the request that this thread serves; its answer shows them as {@code warnings}, each once. */
public final class Warnings {

    private static final String ATTRIBUTE = Warnings.class.getName();

    private Warnings() {}

    /** Outside a request nobody reads warnings, and none is kept. */
    public static void add(String code, String message) {
        var request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            of(request).add(new Warning(code, message));
        }
    }

    /** In the order in which they were added. */
    public static List<Warning> current() {
        var request = RequestContextHolder.getRequestAttributes();
        return request == null ? List.of() : List.copyOf(of(request));
    }

    /** Drops those of an attempt that was rolled back. */
    public static void clear() {
        var request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.removeAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        }
    }

    @SuppressWarnings("unchecked") // written below, and nowhere else
    private static Collection<Warning> of(RequestAttributes request) {
        var kept = (Set<Warning>) request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        if (kept == null) {
            kept = new LinkedHashSet<>();
            request.setAttribute(ATTRIBUTE, kept, RequestAttributes.SCOPE_REQUEST);
        }
        return kept;
    }
}
