package io.evenkeel.dataplane.tls.boringssl;

import io.evenkeel.desiredstate.DesiredTls.SniMatch;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of several things a client means by the server name it gives (RFC 6066 §3): the one with that very domain, else
 * one with a wildcard that stands for it, else the one for all. Immutable.
 */
final class ServerNames<T> {

    private final T otherwise;
    private final SniMatch match;
    private final Map<String, T> exact = new HashMap<>();
    /** By what follows the star. */
    private final Map<String, T> suffixes = new HashMap<>();

    /** A thing and the domains it is found by, in lower case. */
    record Named<T>(List<String> domains, T thing) {}

    ServerNames(T otherwise, List<Named<T>> others, SniMatch match) {
        this.otherwise = otherwise;
        this.match = match;
        for (var named : others) {
            for (var domain : named.domains()) {
                if (domain.startsWith("*.")) {
                    suffixes.putIfAbsent(domain.substring(1), named.thing());
                } else {
                    exact.putIfAbsent(domain, named.thing());
                }
            }
        }
    }

    /** @param serverName as it came; null when none did */
    T find(@Nullable String serverName) {
        if (serverName == null || (exact.isEmpty() && suffixes.isEmpty())) {
            return otherwise;
        }
        var name = serverName.toLowerCase(Locale.ROOT);
        var found = exact.get(name);
        for (int dot = name.indexOf('.'); found == null && dot > 0; dot = name.indexOf('.', dot + 1)) {
            found = suffixes.get(name.substring(dot));
            if (match == SniMatch.WILDCARD) {
                break;
            }
        }
        return found == null ? otherwise : found;
    }
}
