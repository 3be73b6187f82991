package io.evenkeel.identity;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;

/** The caller of the request that this thread serves. */
public final class Callers {

    /**
     * The attribute by which a request that is made inside this process carries its {@link Caller}, who was
     * authenticated already. No client can set it.
     */
    public static final String CARRIED = Callers.class.getName() + ".carried";

    private Callers() {}

    /**
     * @throws IllegalStateException outside an authenticated request
     */
    public static Caller current() {
        return find().orElseThrow(() -> new IllegalStateException("No authenticated request is under way"));
    }

    /** Empty outside an authenticated request. */
    public static Optional<Caller> find() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
